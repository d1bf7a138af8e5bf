import * as z from 'zod';
import type { FileSource } from '../../../lib/languages/contract/verdict.ts';
import { GateOverride } from '../../../lib/languages/quality/evaluation.ts';

/**
 * What S3 tells EventBridge of an object. Keys are as they are, not percent-encoded.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
 */
export const S3Event = z.object({
  'detail-type': z.enum(['Object Created', 'Object Deleted']),
  detail: z.object({
    bucket: z.object({ name: z.string() }),
    object: z.object({
      key: z.string(),
      size: z.number().int().default(0),
      /** Absent in a bucket without versioning, whose one version is called `null`. */
      'version-id': z.string().default('null'),
      sequencer: z.string(),
    }),
  }),
  /** Not S3's: the console adds it where a person publishes a file that the gate had held. */
  override: GateOverride.optional(),
});
export type S3Event = z.infer<typeof S3Event>;

export function sourceOf({ detail: { bucket, object } }: S3Event): FileSource {
  const { key, size, sequencer } = object;
  return { bucket: bucket.name, key, versionId: object['version-id'], sequencer, size };
}
