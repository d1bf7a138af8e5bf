import type { ReportFile } from '@/lib/quality/report/schemas';
import { attachment } from '@/lib/storage/attachment';

/** A report to be saved. */
export function reportResponse({ name, type, body }: ReportFile): Response {
  const headers = { 'content-type': type, 'content-disposition': attachment(name), 'cache-control': 'no-store' };
  return new Response(body, { headers });
}
