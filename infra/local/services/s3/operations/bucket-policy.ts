import { parsePolicy } from '../../../../../lib/languages/iam-policy/parse-policy.ts';
import { type Policy, PolicyError } from '../../../../../lib/languages/iam-policy/policy.ts';
import { bucketArn, onBucket } from '../access.ts';
import type { Bucket } from '../bucket.ts';
import { s3Error } from '../errors.ts';
import { isPublicPolicy } from '../public-policy.ts';
import { emptyAnswer, readText, type S3Operation, type S3Request, xmlAnswer } from '../s3-request.ts';
import { element, textOf } from '../xml.ts';

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html
const MAX_POLICY_BYTES = 20 * 1024;

export const getBucketPolicy: S3Operation = {
  access: onBucket('GetBucketPolicy'),
  run: ({ store }, { bucket }) => {
    const { policy } = store.buckets.get(bucket);
    if (policy === undefined) throw s3Error('NoSuchBucketPolicy', { BucketName: bucket });
    return { status: 200, headers: { 'content-type': 'application/json' }, body: policy };
  },
};

export const putBucketPolicy: S3Operation = {
  access: onBucket('PutBucketPolicy'),
  run: async ({ store }, request) => {
    const policy = await readText(request, MAX_POLICY_BYTES);
    checkPolicy(policy, request.bucket);
    checkNotPublic(store.buckets.get(request.bucket), policy, request);
    await store.updateBucket(request.bucket, (bucket) => ({ ...bucket, policy }));
    return emptyAnswer(204);
  },
};

export const getBucketPolicyStatus: S3Operation = {
  access: onBucket('GetBucketPolicyStatus'),
  run: ({ store }, { bucket }) => {
    const { policy } = store.buckets.get(bucket);
    if (policy === undefined) throw s3Error('NoSuchBucketPolicy', { BucketName: bucket });
    return xmlAnswer(element('PolicyStatus', element('IsPublic', isPublicPolicy(policy))));
  },
};

export const deleteBucketPolicy: S3Operation = {
  access: onBucket('DeleteBucketPolicy'),
  run: async ({ store }, { bucket: name }) => {
    await store.updateBucket(name, ({ policy: _, ...bucket }) => bucket);
    return emptyAnswer(204);
  },
};

/** A policy that no one could evaluate must not be kept: it would have to be read as "deny" or as "nothing". */
function checkPolicy(text: string, bucket: string): void {
  const { statements } = parse(text);
  const resources = statements.flatMap((statement) => statement.resources?.values ?? []);
  if (!resources.every((resource) => isWithin(bucket, resource))) {
    throw s3Error('MalformedPolicy', {}, 'Policy has invalid resource');
  }
}

/** What a bucket blocks as it is made: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html */
function checkNotPublic({ configurations }: Bucket, policy: string, { bucket, caller }: S3Request): void {
  const block = configurations.publicAccessBlock;
  const isBlocked = block && /^true$/i.test(textOf(block, 'BlockPublicPolicy')?.trim() ?? '');
  if (!isBlocked || !isPublicPolicy(policy)) return;
  const who = `User: ${caller.principal.arn} is not authorized to perform: s3:PutBucketPolicy`;
  const why = 'because public policies are blocked by the BlockPublicPolicy block public access setting.';
  throw s3Error('AccessDenied', {}, `${who} on resource: "${bucketArn(bucket)}" ${why}`);
}

function parse(text: string): Policy {
  try {
    return parsePolicy(text, 'resource');
  } catch (cause) {
    if (!(cause instanceof PolicyError)) throw cause;
    throw s3Error('MalformedPolicy', {}, cause.message, cause);
  }
}

/** A bucket's policy may speak of that bucket and its objects only, or of a pattern that may mean them. */
function isWithin(bucket: string, resource: string): boolean {
  const name = /^arn:aws:s3:::([^/]+)/.exec(resource)?.[1];
  return name !== undefined && (name === bucket || /[*?]/.test(name));
}
