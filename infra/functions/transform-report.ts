import type { S3Client } from '@aws-sdk/client-s3';
import { TransformReport, transformReportKey } from '../../lib/languages/contract/transform-report.ts';
import { findText } from './documents.ts';

/** What the transform job of an execution has left in the results zone. */
export async function readReport(s3: S3Client, bucket: string, execution: string): Promise<TransformReport> {
  const key = transformReportKey(execution);
  const text = await findText(s3, bucket, key);
  if (text === undefined) throw new Error(`The transform job left no report at s3://${bucket}/${key}`);
  return TransformReport.parse(JSON.parse(text));
}
