/**
 * Events that could not be kept, or not given away. Lambda tries an event three times and then forgets it: what was tried,
 * and why it failed, is in the results zone until a later try succeeds. https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
import { DeleteObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { findText, putJson } from '../documents.ts';

const PREFIX = 'lineage/failed/';
/** The same at each try. */
const Identified = z.looseObject({ id: z.string().regex(/^[\w-]{1,64}$/) });

/** Does the work; where that fails, keeps the event with the reason and fails as well. */
export async function keepingFailures<T>(
  event: unknown,
  { s3, bucket }: { s3: S3Client; bucket: string },
  work: () => Promise<T>,
): Promise<T> {
  const key = `${PREFIX}${Identified.safeParse(event).data?.id ?? 'unnamed'}.json`;
  try {
    const done = await work();
    if ((await findText(s3, bucket, key)) !== undefined)
      await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
    return done;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    await putJson(s3, bucket, key, { failedAt: new Date().toISOString(), reason, event });
    throw error;
  }
}
