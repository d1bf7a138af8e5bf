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
import { QualityUnavailable } from './run-statements.ts';

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
    // What AWS answers has been tried again by the SDK; a few seconds later it may be another matter.
    if (error instanceof Error && '$metadata' in error) throw new QualityUnavailable(error.message, { cause: error });
    throw error;
  }
}
