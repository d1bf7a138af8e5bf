import type { S3Client } from '@aws-sdk/client-s3';
import { TransformReport, transformReportKey } from '../../lib/languages/contract/transform-report.ts';
import { findDocument } from './documents.ts';

/** What the transform job of an execution has left in the results zone, and when it was written: after the rows. */
export async function readReport(
  s3: S3Client,
  bucket: string,
  execution: string,
): Promise<TransformReport & { writtenAt: Date }> {
  const key = transformReportKey(execution);
  const document = await findDocument(s3, bucket, key);
  if (!document) throw new Error(`The transform job left no report at s3://${bucket}/${key}`);
  return { ...TransformReport.parse(JSON.parse(document.text)), writtenAt: document.writtenAt };
}
