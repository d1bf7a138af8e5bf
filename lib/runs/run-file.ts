import { z } from 'zod';
import { splitRawKey } from '@/lib/languages/contract/snake-case.ts';
import type { RunFile } from './schemas';

/** What we read of S3's event: https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html */
const S3Event = z.object({
  'detail-type': z.string(),
  detail: z.object({
    bucket: z.object({ name: z.string() }),
    object: z.object({ key: z.string(), size: z.number().optional(), 'version-id': z.string().optional() }),
  }),
});

/** Returns the file version that an execution's input names; undefined for one that somebody started by hand. */
export function runFile(input: string | undefined): RunFile | undefined {
  const event = S3Event.safeParse(parseJson(input)).data;
  if (!event) return undefined;
  const { bucket, object } = event.detail;
  return {
    bucket: bucket.name,
    key: object.key,
    removed: event['detail-type'] === 'Object Deleted',
    ...(object['version-id'] ? { versionId: object['version-id'] } : {}),
    ...(object.size === undefined ? {} : { sizeBytes: object.size }),
  };
}

/** Returns the dataset a raw key belongs to, by the pipeline's own rule. */
export function datasetOfKey(key: string): string | undefined {
  return splitRawKey(key)?.dataset;
}

/** Returns undefined for what is not JSON: histories hold texts of anybody's making. */
export function parseJson(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
