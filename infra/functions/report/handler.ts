/** Called by the clock: keeps a report on the quality of the last four weeks. */
import { GlueClient } from '@aws-sdk/client-glue';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { ReportEnvironment } from '../environment.ts';
import { type KeptReport, keepReport } from './report.ts';

const environment = ReportEnvironment.parse(process.env);
const clients = { s3: new S3Client({}), glue: new GlueClient({}), states: new SFNClient({}) };

export async function handler(): Promise<KeptReport> {
  return keepReport({ ...clients, environment, now: new Date() });
}
