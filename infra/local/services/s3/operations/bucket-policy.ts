import { onBucket } from '../access.ts';
import { s3Error } from '../errors.ts';
import { emptyAnswer, readText, type S3Operation } from '../s3-request.ts';

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
    await store.updateBucket(request.bucket, (bucket) => ({ ...bucket, policy }));
    return emptyAnswer(204);
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
  const { Statement: statements } = parseObject(text);
  const list = Array.isArray(statements) ? statements : [statements];
  if (list.length === 0) throw s3Error('MalformedPolicy', {}, 'Missing required field Statement');
  for (const statement of list) checkStatement(statement, bucket);
}

function checkStatement(statement: unknown, bucket: string): void {
  if (!isRecord(statement)) throw s3Error('MalformedPolicy', {}, 'Missing required field Statement');
  if (statement.Effect !== 'Allow' && statement.Effect !== 'Deny') {
    throw s3Error('MalformedPolicy', {}, `Invalid effect: ${String(statement.Effect)}`);
  }
  if (statement.Principal === undefined && statement.NotPrincipal === undefined) {
    throw s3Error('MalformedPolicy', {}, 'Missing required field Principal');
  }
  if (statement.Action === undefined && statement.NotAction === undefined) {
    throw s3Error('MalformedPolicy', {}, 'Missing required field Action');
  }
  const resources = [statement.Resource ?? statement.NotResource].flat();
  if (!resources.every((resource) => isWithin(bucket, resource))) {
    throw s3Error('MalformedPolicy', {}, 'Policy has invalid resource');
  }
}

/** A bucket's policy may speak of that bucket and its objects only, or of a pattern that may mean them. */
function isWithin(bucket: string, resource: unknown): boolean {
  const [, name] = typeof resource === 'string' ? (/^arn:aws:s3:::([^/]+)/.exec(resource) ?? []) : [];
  return name !== undefined && (name === bucket || /[*?]/.test(name));
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (isRecord(value)) return value;
  } catch (cause) {
    throw s3Error('MalformedPolicy', {}, undefined, cause);
  }
  throw s3Error('MalformedPolicy');
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
