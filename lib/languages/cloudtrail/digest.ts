/**
 * Digest files: what log files were delivered, their hashes, and the hash and the signature of the digest before.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-digest-file-structure.html
 */
import * as z from 'zod';

const DigestLogFile = z.looseObject({
  s3Bucket: z.string(),
  s3Object: z.string(),
  /** Of the content as it was before it was packed. */
  hashValue: z.string(),
  hashAlgorithm: z.literal('SHA-256'),
  newestEventTime: z.string().nullish(),
  oldestEventTime: z.string().nullish(),
});
export type DigestLogFile = z.infer<typeof DigestLogFile>;

export const Digest = z.looseObject({
  awsAccountId: z.string(),
  digestStartTime: z.string(),
  digestEndTime: z.string(),
  digestS3Bucket: z.string(),
  digestS3Object: z.string(),
  digestPublicKeyFingerprint: z.string(),
  digestSignatureAlgorithm: z.literal('SHA256withRSA'),
  newestEventTime: z.string().nullable(),
  oldestEventTime: z.string().nullable(),
  /** All of these are null in the first of a chain. */
  previousDigestS3Bucket: z.string().nullable(),
  previousDigestS3Object: z.string().nullable(),
  previousDigestHashValue: z.string().nullable(),
  previousDigestHashAlgorithm: z.string().nullable(),
  previousDigestSignature: z.string().nullable(),
  logFiles: z.array(DigestLogFile),
});
export type Digest = z.infer<typeof Digest>;

/**
 * What the signature of a digest signs; `hashValue` is of its content as it was before it was packed.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-custom-validation.html
 */
export function digestStringToSign(digest: Digest, hashValue: string): string {
  const { digestEndTime, digestS3Bucket, digestS3Object, previousDigestSignature } = digest;
  return [digestEndTime, `${digestS3Bucket}/${digestS3Object}`, hashValue, previousDigestSignature ?? 'null'].join(
    '\n',
  );
}
