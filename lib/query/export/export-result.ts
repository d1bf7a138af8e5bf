import 'server-only';
import { recordAudit } from '@/lib/audit';
import { type Context, requireAllowance, requirePermission } from '@/lib/auth';
import { reportError } from '@/lib/error-report';
import { requireRunner } from '../history/require-runner';
import { isPlain, viewOf } from '../result/list-result-rows';
import { openResult } from '../result/open-result';
import { findSource, openBytes, rowBatches } from '../result/read-result';
import { viewBatches } from '../result/view-batches';
import type { ResultView } from '../result/view-schemas';
import type { Cell, ResultColumn } from '../schemas';
import { type ExportProgress, ExportResult, GetExport } from './export-schemas';
import { findTicket, openTicket } from './export-tickets';
import { exportWriters } from './export-writers';

interface ExportAnswer {
  fileName: string;
  contentType: string;
  body: ReadableStream<Uint8Array>;
}

/** Streams a whole result, or what a view shows of it, as a file: no more of it in memory than is under way. */
export async function exportResult(ctx: Context, raw: Record<string, string | undefined>): Promise<ExportAnswer> {
  requirePermission(ctx, 'queries:read');
  const { id, format, name, view, ticket: ticketName } = ExportResult.parse(raw);
  await requireRunner(ctx, id);
  const ticket = openTicket(ticketName, ctx.user.id);
  try {
    requireAllowance(ctx, 'export');
    const { columns, batches } = isPlain(view) ? await wholeResult(ctx, id) : await shownResult(ctx, id, view);
    const details = { format, ...(isPlain(view) ? {} : { filters: view.filters.length, isSorted: !!view.sort }) };
    await recordAudit(ctx, { action: 'queries.export', subject: id, details });
    const { write, type } = exportWriters[format];
    const rows = counted(batches, ticket);
    return {
      fileName: `${fileStem(name)}-${new Date().toISOString().slice(0, 10)}.${format}`,
      contentType: type,
      body: streamed(ctx, write(columns, rows), ticket),
    };
  } catch (error) {
    await fail(ctx, ticket, error);
    throw error;
  }
}

interface Exported {
  columns: readonly ResultColumn[];
  batches: AsyncIterable<Cell[][]>;
}

/** Straight from S3: no result is too long for it. */
async function wholeResult(ctx: Context, id: string): Promise<Exported> {
  const source = await findSource(ctx, id);
  const bytes = await openBytes(ctx, id, source);
  return { columns: source.columns, batches: rowBatches(bytes, source.place !== undefined) };
}

/** From the copy that the grid reads, with its limits: what is exported is what is shown. */
async function shownResult(ctx: Context, id: string, view: ResultView): Promise<Exported> {
  const result = await openResult(ctx, id);
  // What cannot be sorted is refused before the answer begins.
  await viewOf(result, view);
  return { columns: result.spool.columns, batches: viewBatches(result, view) };
}

/** How far an export is; one that this process does not know is told as waiting. */
export async function getExport(ctx: Context, raw: Record<string, string | undefined>): Promise<ExportProgress> {
  requirePermission(ctx, 'queries:read');
  const ticket = findTicket(GetExport.parse(raw).ticket, ctx.user.id);
  if (!ticket) return { state: 'waiting', rows: 0, bytes: 0 };
  const { state, rows, bytes, message } = ticket;
  return { state, rows, bytes, ...(message ? { message } : {}) };
}

/** Stops an export: the browser's download fails, and nothing more is read. */
export async function cancelExport(ctx: Context, raw: Record<string, string | undefined>): Promise<void> {
  requirePermission(ctx, 'queries:read');
  const ticket = findTicket(GetExport.parse(raw).ticket, ctx.user.id);
  if (ticket?.state !== 'running') return;
  ticket.state = 'cancelled';
  ticket.controller.abort(new Error('The export was cancelled.'));
}

async function* counted(batches: AsyncIterable<Cell[][]>, ticket: ReturnType<typeof openTicket>) {
  for await (const rows of batches) {
    ticket.controller.signal.throwIfAborted();
    ticket.rows += rows.length;
    yield rows;
  }
}

function streamed(
  ctx: Context,
  chunks: AsyncGenerator<Uint8Array>,
  ticket: ReturnType<typeof openTicket>,
): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { value, done } = await chunks.next();
        if (done) {
          if (ticket.state === 'running') ticket.state = 'done';
          controller.close();
        } else if (value.length > 0) {
          ticket.bytes += value.length;
          controller.enqueue(value);
        } else await this.pull?.(controller);
      } catch (error) {
        if (ticket.state === 'running') await fail(ctx, ticket, error);
        controller.error(error);
      }
    },
    async cancel() {
      if (ticket.state === 'running') ticket.state = 'cancelled';
      await chunks.return(undefined);
    },
  });
}

async function fail(ctx: Context, ticket: ReturnType<typeof openTicket>, error: unknown): Promise<void> {
  ticket.state = 'failed';
  ticket.message = (await reportError(error, ctx.requestId)).message;
}

/** A name that every file system takes. */
function fileStem(name: string): string {
  return name.replace(/[\p{Cc}<>:"/\\|?*]+/gu, '-').replace(/^[.\s-]+|[.\s-]+$/g, '') || 'result';
}
