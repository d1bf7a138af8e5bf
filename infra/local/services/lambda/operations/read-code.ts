import type { z } from 'zod';
import type { Principal } from '../../../service.ts';
import { invalidParameter } from '../errors.ts';
import type { FunctionPackage } from '../function-package.ts';
import type { Lambda } from '../lambda-service.ts';
import type { Code } from '../schemas.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const UPLOAD_BYTES_MAX = 50 * 1024 * 1024;
const OBJECT_BYTES_MAX = 250 * 1024 * 1024;

/** Keeps the package that a request brings, or names in S3 where the caller may read it. */
export async function readCode(
  lambda: Lambda,
  code: z.infer<typeof Code>,
  principal: Principal,
): Promise<FunctionPackage> {
  return lambda.packages.keep(
    code.ZipFile === undefined ? await fromS3(lambda, code, principal) : inline(code.ZipFile),
  );
}

function inline(base64: string): Uint8Array {
  const zip = Buffer.from(base64, 'base64');
  if (zip.byteLength > UPLOAD_BYTES_MAX)
    throw invalidParameter(`Uploaded zip must be smaller than ${UPLOAD_BYTES_MAX} bytes`);
  return zip;
}

async function fromS3({ ctx, store }: Lambda, code: z.infer<typeof Code>, principal: Principal): Promise<Uint8Array> {
  const { S3Bucket, S3Key, S3ObjectVersion } = code;
  if (!S3Bucket || !S3Key) throw invalidParameter('Please provide a source for function code.');
  const resource = `arn:aws:s3:::${S3Bucket}/${S3Key}`;
  ctx.inside.authorize(
    principal,
    S3ObjectVersion
      ? { action: 's3:GetObjectVersion', resource, context: { 's3:VersionId': S3ObjectVersion } }
      : { action: 's3:GetObject', resource },
  );
  const version = store.findBucket(S3Bucket) && store.find(S3Bucket, S3Key, S3ObjectVersion);
  if (!version) {
    throw invalidParameter(
      'Error occurred while GetObject. S3 Error Code: NoSuchKey. S3 Error Message: The specified key does not exist.',
    );
  }
  if (version.size > OBJECT_BYTES_MAX)
    throw invalidParameter(`The package must be smaller than ${OBJECT_BYTES_MAX} bytes`);
  return store.readBytes(version);
}
