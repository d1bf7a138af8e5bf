/**
 * Evaluates the rules of tables and keeps what it finds. A rule that cannot be evaluated is an outcome of the evaluation;
 * where nothing can be, the call fails, by a name that the state machine tries again for.
 */
import { randomUUID } from 'node:crypto';
import { AthenaClient } from '@aws-sdk/client-athena';
import { GlueClient } from '@aws-sdk/client-glue';
import { S3Client } from '@aws-sdk/client-s3';
import { QualityEnvironment } from '../environment.ts';
import { QualityPayload } from './payload.ts';
import { quality } from './quality.ts';
import { isPassing, QualityUnavailable } from './quality-unavailable.ts';

const dependencies = {
  s3: new S3Client({}),
  glue: new GlueClient({}),
  athena: new AthenaClient({}),
  environment: QualityEnvironment.parse(process.env),
  now: () => new Date(),
  newId: randomUUID,
};

export async function handler(payload: unknown): Promise<unknown> {
  try {
    return await quality(QualityPayload.parse(payload), dependencies);
  } catch (error) {
    throw isPassing(error) ? new QualityUnavailable(String(error), { cause: error }) : error;
  }
}
