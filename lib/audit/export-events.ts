import 'server-only';
import { Readable } from 'node:stream';
import { type Context, requirePermission } from '@/lib/auth';
import { db } from '@/lib/db';
import { csvLine } from '@/lib/languages/csv/csv-line.ts';
import { recordAudit } from './record-audit';
import { type AuditRow, ExportEvents, type ParsedFilter } from './schemas';
import { selectEvents } from './select-events';

const EVENTS_A_PAGE = 1000;

const COLUMNS = [
  'sequence',
  'at',
  'actorEmail',
  'actorRole',
  'action',
  'subject',
  'outcome',
  'details',
  'requestId',
  'sourceIp',
  'userAgent',
  'id',
  'previousHash',
  'hash',
] as const satisfies (keyof AuditRow)[];

export interface Exported {
  fileName: string;
  contentType: string;
  body: ReadableStream<Uint8Array>;
}

/** Streams the events that fit as a file, newest first, with the hashes by which anybody can verify them. */
export async function exportEvents(ctx: Context, raw: Record<string, string>): Promise<Exported> {
  requirePermission(ctx, 'audit:read');
  const { format, ...filter } = ExportEvents.parse(raw);
  const told = Object.entries(filter).filter((entry): entry is [string, string | number] => entry[1] !== undefined);
  await recordAudit(ctx, {
    action: 'audit.export',
    subject: 'console',
    details: { format, ...Object.fromEntries(told) },
  });
  const lines = format === 'csv' ? csvLines(filter) : jsonLines(filter);
  return {
    fileName: `audit-${new Date().toISOString().slice(0, 10)}.${format}`,
    contentType: format === 'csv' ? 'text/csv; charset=utf-8; header=present' : 'application/x-ndjson',
    body: Readable.toWeb(Readable.from(lines)) as ReadableStream<Uint8Array>,
  };
}

async function* csvLines(filter: ParsedFilter): AsyncGenerator<Buffer> {
  yield Buffer.from(csvLine(COLUMNS));
  for await (const events of pages(filter)) {
    const lines = events.map((event) => csvLine(COLUMNS.map((name) => cell(toPlain(event)[name]))));
    yield Buffer.from(lines.join(''));
  }
}

async function* jsonLines(filter: ParsedFilter): AsyncGenerator<Buffer> {
  for await (const events of pages(filter)) {
    yield Buffer.from(events.map((event) => `${JSON.stringify(toPlain(event))}\n`).join(''));
  }
}

async function* pages(filter: ParsedFilter): AsyncGenerator<AuditRow[]> {
  const prisma = await db();
  for (let after: number | undefined, isMore = true; isMore; isMore = after !== undefined) {
    const page = await selectEvents(prisma, filter, { after, take: EVENTS_A_PAGE });
    if (page.events.length > 0) yield page.events;
    after = page.next;
  }
}

function toPlain(event: AuditRow) {
  return { ...event, at: new Date(event.at).toISOString() };
}

function cell(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
