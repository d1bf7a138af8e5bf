import {
  type AdvancedEventSelector,
  CreateTrailCommand,
  PutEventSelectorsCommand,
  StartLoggingCommand,
  StopLoggingCommand,
  UpdateTrailCommand,
} from '@aws-sdk/client-cloudtrail';
import { createOrUpdate, resource } from '../resource.ts';

interface TrailProperties {
  TrailName: string;
  S3BucketName: string;
  S3KeyPrefix?: string;
  IsLogging: boolean;
  EnableLogFileValidation?: boolean;
  IsMultiRegionTrail?: boolean;
  IncludeGlobalServiceEvents?: boolean;
  AdvancedEventSelectors?: AdvancedEventSelector[];
}

/** `AWS::CloudTrail::Trail`. */
export const trail = resource<TrailProperties>(async (properties, _id, { clients, region, account }) => {
  const { cloudTrail } = clients;
  const { TrailName: Name, IsLogging, AdvancedEventSelectors, ...settings } = properties;
  await createOrUpdate(
    ['TrailAlreadyExistsException'],
    () => cloudTrail.send(new CreateTrailCommand({ Name, ...settings })),
    () => cloudTrail.send(new UpdateTrailCommand({ Name, ...settings })),
  );
  if (AdvancedEventSelectors) {
    await cloudTrail.send(new PutEventSelectorsCommand({ TrailName: Name, AdvancedEventSelectors }));
  }
  await (IsLogging
    ? cloudTrail.send(new StartLoggingCommand({ Name }))
    : cloudTrail.send(new StopLoggingCommand({ Name })));
  return { ref: Name, attributes: { Arn: `arn:aws:cloudtrail:${region}:${account}:trail/${Name}` } };
});
