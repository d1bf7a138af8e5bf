/** Called for each new status of a run: what it read and wrote is kept as an OpenLineage event. */
import { GlueClient } from '@aws-sdk/client-glue';
import { S3Client } from '@aws-sdk/client-s3';
import { keepingFailures } from './kept-failures.ts';
import { type Kept, keepLineage } from './lineage.ts';
import { LineageEnvironment } from './lineage-environment.ts';
import { StatusChange } from './status-change.ts';

const environment = LineageEnvironment.parse(process.env);
const s3 = new S3Client({});
const glue = new GlueClient({});

export async function handler(event: unknown): Promise<Kept> {
  return keepingFailures(event, { s3, bucket: environment.RESULTS_BUCKET }, async () =>
    keepLineage(StatusChange.parse(event), { s3, glue, environment }),
  );
}
