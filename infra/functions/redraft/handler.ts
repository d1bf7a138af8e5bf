/** After a transform that found its own file's contract too narrow: the draft is widened, and the transform tried again. */
import { S3Client } from '@aws-sdk/client-s3';
import type { Verdict } from '../../../lib/languages/contract/verdict.ts';
import { RedraftEnvironment } from '../environment.ts';
import { StepPayload } from '../payload.ts';
import { redraft } from './redraft.ts';

const environment = RedraftEnvironment.parse(process.env);
const s3 = new S3Client({});

export async function handler(payload: unknown): Promise<Verdict> {
  return redraft(StepPayload.parse(payload), { s3, environment });
}
