/** The last step of a run that went well: only when a query sees the rows is the run green. */
import { AthenaClient } from '@aws-sdk/client-athena';
import { GlueClient } from '@aws-sdk/client-glue';
import { S3Client } from '@aws-sdk/client-s3';
import { CatalogEnvironment } from '../environment.ts';
import { StepPayload } from '../payload.ts';
import { type Catalogued, catalog } from './catalog.ts';

const environment = CatalogEnvironment.parse(process.env);
const s3 = new S3Client({});
const glue = new GlueClient({});
const athena = new AthenaClient({});

export async function handler(payload: unknown): Promise<Catalogued> {
  return catalog(StepPayload.parse(payload), { s3, glue, athena, environment });
}
