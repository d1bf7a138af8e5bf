/**
 * The first step of a run: looks at the file that came, and answers the verdict that the state machine chooses by.
 * It reads 4 MiB of the file at most, whatever its size; the transform job checks every row.
 */
import { GlueClient } from '@aws-sdk/client-glue';
import { S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { runRecordKey, type Verdict } from '../../../lib/languages/contract/verdict.ts';
import { putJson } from '../documents.ts';
import { ValidateEnvironment } from '../environment.ts';
import { S3Event } from './s3-event.ts';
import { validate } from './validate.ts';

const environment = ValidateEnvironment.parse(process.env);
const s3 = new S3Client({});
const glue = new GlueClient({});

const Payload = z.object({ event: S3Event, execution: z.string() });

export async function handler(payload: unknown): Promise<Verdict> {
  const { event, execution } = Payload.parse(payload);
  const verdict = await validate(event, { s3, glue, environment });
  await putJson(s3, environment.RESULTS_BUCKET, runRecordKey(verdict), { execution, verdict });
  return verdict;
}
