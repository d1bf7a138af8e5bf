/** Whether a bucket's policy lets CloudTrail write a trail's files: it names the service and, if it is wise, the trail. */
import { compilePolicy } from '../../../../lib/languages/iam-policy/compile-policy.ts';
import { evaluateTrust } from '../../../../lib/languages/iam-policy/evaluate.ts';
import { parsePolicy } from '../../../../lib/languages/iam-policy/parse-policy.ts';
import type { ServiceContext } from '../../service-context.ts';
import type { ObjectStore } from '../s3/index.ts';
import type { Trail } from './trails.ts';

const CLOUDTRAIL = 'cloudtrail.amazonaws.com';

export type BucketProblem = 'NoSuchBucket' | 'AccessDenied';

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html */
export function bucketProblem(
  { account }: Pick<ServiceContext, 'account'>,
  store: ObjectStore,
  { bucket: name, arn, prefix }: Pick<Trail, 'bucket' | 'arn' | 'prefix'>,
): BucketProblem | undefined {
  const bucket = store.findBucket(name);
  if (!bucket) return 'NoSuchBucket';
  if (bucket.policy === undefined) return 'AccessDenied';
  const policy = compilePolicy('resource policy', parsePolicy(bucket.policy, 'resource'));
  const folder = `${prefix ? `${prefix}/` : ''}AWSLogs/${account}/`;
  const keys: Record<string, string[]> = {
    'aws:sourcearn': [arn],
    'aws:sourceaccount': [account],
    'aws:securetransport': ['true'],
    's3:x-amz-acl': ['bucket-owner-full-control'],
  };
  const may = (action: string, resource: string) =>
    evaluateTrust(
      {
        principal: { arn: CLOUDTRAIL, accountId: account, isService: true },
        action,
        resource: `arn:aws:s3:::${name}${resource}`,
        lookup: (key) => keys[key],
      },
      policy,
    ) === 'allowed';
  return may('s3:GetBucketAcl', '') && may('s3:PutObject', `/${folder}CloudTrail/x`) ? undefined : 'AccessDenied';
}
