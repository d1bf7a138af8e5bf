import type { Trail } from '../trails.ts';

/** Create and Update answer this; Get and Describe a little more. */
export function trailOut({ name, arn, bucket, prefix, isValidated, isMultiRegion, hasGlobalEvents }: Trail) {
  return {
    Name: name,
    S3BucketName: bucket,
    S3KeyPrefix: prefix,
    IncludeGlobalServiceEvents: hasGlobalEvents,
    IsMultiRegionTrail: isMultiRegion,
    TrailARN: arn,
    LogFileValidationEnabled: isValidated,
    IsOrganizationTrail: false,
  };
}

export function describedTrail(trail: Trail, region: string) {
  return {
    ...trailOut(trail),
    HomeRegion: region,
    HasCustomEventSelectors: trail.selection.kind === 'advanced' || trail.selection.selectors.length > 0,
    HasInsightSelectors: false,
  };
}
