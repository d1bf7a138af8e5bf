import 'server-only';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { type Context, requirePermission } from '@/lib/auth';
import { actorOf } from '@/lib/languages/cloudtrail/actor.ts';
import type { TrailRecord } from '@/lib/languages/cloudtrail/record.ts';
import { csvLine } from '@/lib/languages/csv/csv-line.ts';
import { listTrailRecords } from '@/lib/trail';
import { ListTrailRecords } from '@/lib/trail/schemas';
import type { Exported } from './export-events';
import { recordAudit } from './record-audit';
import { FORMATS } from './schemas';

const ExportCalls = ListTrailRecords.omit({ after: true }).extend({ format: z.enum(FORMATS) });
type Filter = Omit<z.output<typeof ExportCalls>, 'format'>;

const COLUMNS = {
  eventTime: ({ eventTime }) => eventTime,
  person: (record) => actorOf(record).name,
  role: (record) => actorOf(record).roleName,
  eventSource: ({ eventSource }) => eventSource,
  eventName: ({ eventName }) => eventName,
  resource: ({ resources }) => resources?.map(({ ARN }) => ARN ?? '').join(' '),
  errorCode: ({ errorCode }) => errorCode,
  sourceIPAddress: ({ sourceIPAddress }) => sourceIPAddress,
  userAgent: ({ userAgent }) => userAgent,
  requestID: ({ requestID }) => requestID,
  eventID: ({ eventID }) => eventID,
} satisfies Record<string, (record: TrailRecord) => string | undefined>;

/** Streams the calls of AWS that fit as a file, newest first; as NDJSON they are CloudTrail's own records. */
export async function exportCalls(ctx: Context, raw: Record<string, string>): Promise<Exported> {
  requirePermission(ctx, 'audit:read');
  const { format, ...filter } = ExportCalls.parse(raw);
  await recordAudit(ctx, {
    action: 'audit.export',
    subject: 'aws',
    details: { format, ...filter } as Record<string, string>,
  });
  const lines = format === 'csv' ? csvLines(ctx, filter) : jsonLines(ctx, filter);
  return {
    fileName: `aws-calls-${new Date().toISOString().slice(0, 10)}.${format}`,
    contentType: format === 'csv' ? 'text/csv; charset=utf-8; header=present' : 'application/x-ndjson',
    body: Readable.toWeb(Readable.from(lines)) as ReadableStream<Uint8Array>,
  };
}

async function* csvLines(ctx: Context, filter: Filter): AsyncGenerator<Buffer> {
  yield Buffer.from(csvLine(Object.keys(COLUMNS)));
  for await (const records of pages(ctx, filter)) {
    const lines = records.map((record) => csvLine(Object.values(COLUMNS).map((read) => read(record) ?? null)));
    yield Buffer.from(lines.join(''));
  }
}

async function* jsonLines(ctx: Context, filter: Filter): AsyncGenerator<Buffer> {
  for await (const records of pages(ctx, filter)) {
    yield Buffer.from(records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  }
}

async function* pages(ctx: Context, filter: Filter): AsyncGenerator<TrailRecord[]> {
  for (let after: string | undefined, isMore = true; isMore; isMore = after !== undefined) {
    const page = await listTrailRecords(ctx, { ...filter, ...(after ? { after } : {}) });
    if (page.records.length > 0) yield page.records;
    after = page.next;
  }
}
