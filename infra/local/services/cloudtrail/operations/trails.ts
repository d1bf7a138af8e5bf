import { z } from 'zod';
import { type Operation, operation } from '../../../service.ts';
import { bucketProblem } from '../bucket-access.ts';
import type { CloudTrail } from '../cloudtrail.ts';
import { bucketMissing, bucketPolicyTooNarrow, trailExists, unsupportedParameter } from '../errors.ts';
import { DEFAULT_SELECTION } from '../selectors.ts';
import type { Trail } from '../trails.ts';
import { describedTrail, trailOut } from './trail-out.ts';

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_CreateTrail.html */
const Name = z
  .string()
  .min(3, 'Trail name too short. Minimum allowed length: 3 characters.')
  .max(128, 'Trail name too long. Maximum allowed length: 128 characters.')
  .regex(/^[A-Za-z0-9](?:[A-Za-z0-9]|[._-](?=[A-Za-z0-9]))*$/, 'Trail name contains characters that are not allowed.');
const NameOrArn = z.string().min(1);

const Settings = {
  S3KeyPrefix: z.string().max(200).optional(),
  IncludeGlobalServiceEvents: z.boolean().optional(),
  IsMultiRegionTrail: z.boolean().optional(),
  EnableLogFileValidation: z.boolean().optional(),
};
const TagsList = z.array(z.object({ Key: z.string().min(1).max(128), Value: z.string().max(256).default('') })).max(50);

const CreateTrail = z.looseObject({
  Name,
  S3BucketName: z.string().min(3),
  ...Settings,
  TagsList: TagsList.optional(),
});
const UpdateTrail = z.looseObject({ Name: NameOrArn, S3BucketName: z.string().min(3).optional(), ...Settings });

/** Ignoring one of these would be a silent yes. */
const NOT_HONOURED = ['SnsTopicName', 'CloudWatchLogsLogGroupArn', 'CloudWatchLogsRoleArn', 'KmsKeyId'];

export function trailOperations(cloudTrail: CloudTrail): Record<string, Operation> {
  const { ctx, trails } = cloudTrail;
  const access = (action: string) => (input: { Name: string }) => [
    { action: `cloudtrail:${action}`, resource: trails.arnOf(input.Name) },
  ];
  return {
    CreateTrail: operation({
      input: CreateTrail,
      access: access('CreateTrail'),
      async run(input) {
        requireHonoured(input);
        const trail = newTrail(cloudTrail, input);
        requireBucket(cloudTrail, trail);
        await ctx.state.commit(() => {
          if (trails.find(trail.name)) throw trailExists(trail.name, ctx.account);
          trails.put(trail);
        });
        return trailOut(trail);
      },
    }),
    UpdateTrail: operation({
      input: UpdateTrail,
      access: access('UpdateTrail'),
      async run(input) {
        requireHonoured(input);
        const changed = await trails.change(input.Name, (trail) => {
          const next: Trail = {
            ...trail,
            bucket: input.S3BucketName ?? trail.bucket,
            ...(input.S3KeyPrefix !== undefined && { prefix: input.S3KeyPrefix }),
            isValidated: input.EnableLogFileValidation ?? trail.isValidated,
            isMultiRegion: input.IsMultiRegionTrail ?? trail.isMultiRegion,
            hasGlobalEvents: input.IncludeGlobalServiceEvents ?? trail.hasGlobalEvents,
          };
          requireBucket(cloudTrail, next);
          return next;
        });
        return trailOut(changed);
      },
    }),
    DeleteTrail: operation({
      input: z.object({ Name: NameOrArn }),
      access: access('DeleteTrail'),
      async run({ Name: name }) {
        const trail = trails.get(name);
        await ctx.state.commit(() => {
          trails.remove(trail.name);
          cloudTrail.spool.clear(trail.name);
          cloudTrail.delivery.forget(trail.name);
        });
        return {};
      },
    }),
    GetTrail: operation({
      input: z.object({ Name: NameOrArn }),
      access: access('GetTrail'),
      run: ({ Name: name }) => ({ Trail: describedTrail(trails.get(name), ctx.region) }),
    }),
    DescribeTrails: operation({
      input: z.object({ trailNameList: z.array(z.string()).default([]), includeShadowTrails: z.boolean().optional() }),
      access: () => [{ action: 'cloudtrail:DescribeTrails', resource: '*' }],
      run({ trailNameList: names }) {
        const found = names.length === 0 ? trails.list() : names.flatMap((name) => trails.find(name) ?? []);
        return { trailList: found.map((trail) => describedTrail(trail, ctx.region)) };
      },
    }),
    ListTrails: operation({
      input: z.object({ NextToken: z.string().optional() }),
      access: () => [{ action: 'cloudtrail:ListTrails', resource: '*' }],
      run: () => ({
        Trails: trails.list().map(({ arn, name }) => ({ TrailARN: arn, Name: name, HomeRegion: ctx.region })),
      }),
    }),
  };
}

function newTrail({ trails }: CloudTrail, input: z.infer<typeof CreateTrail>): Trail {
  return {
    name: input.Name,
    arn: trails.arnOf(input.Name),
    bucket: input.S3BucketName,
    ...(input.S3KeyPrefix && { prefix: input.S3KeyPrefix }),
    isValidated: input.EnableLogFileValidation ?? false,
    isMultiRegion: input.IsMultiRegionTrail ?? false,
    hasGlobalEvents: input.IncludeGlobalServiceEvents ?? true,
    selection: DEFAULT_SELECTION,
    tags: Object.fromEntries((input.TagsList ?? []).map(({ Key, Value }) => [Key, Value])),
    isLogging: false,
    delivery: {},
  };
}

function requireHonoured(input: Record<string, unknown>): void {
  const refused = NOT_HONOURED.find((name) => input[name] !== undefined && input[name] !== '');
  if (refused) throw unsupportedParameter(refused);
  if (input.IsOrganizationTrail === true) throw unsupportedParameter('IsOrganizationTrail');
}

function requireBucket({ ctx, store }: CloudTrail, trail: Trail): void {
  const problem = bucketProblem(ctx, store, trail);
  if (problem === 'NoSuchBucket') throw bucketMissing(trail.bucket);
  if (problem) throw bucketPolicyTooNarrow(trail.bucket);
}
