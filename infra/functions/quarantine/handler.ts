/** The last step of a rejected file's run: it leaves the raw zone, and waits in quarantine with the verdict beside it. */
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import type { Verdict } from '../../../lib/languages/contract/verdict.ts';
import { QuarantineEnvironment } from '../environment.ts';
import { StepPayload } from '../payload.ts';
import { quarantine } from './quarantine.ts';

const environment = QuarantineEnvironment.parse(process.env);
const s3 = new S3Client({});
const states = new SFNClient({});

export async function handler(payload: unknown): Promise<Verdict> {
  return quarantine(StepPayload.parse(payload), { s3, states, environment });
}
