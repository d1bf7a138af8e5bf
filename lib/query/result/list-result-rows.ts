import 'server-only';
import { type Context, requirePermission } from '@/lib/auth';
import { AppError } from '@/lib/errors';
import { requireRunner } from '../history/require-runner';
import type { Cell } from '../schemas';
import { keepView, type OpenResult, openResult } from './open-result';
import type { ResultRows, ResultState } from './result-state';
import type { RowPlaces } from './result-task';
import { runTask } from './run-task';
import {
  CELL_SHOWN_MAX,
  GetResult,
  ListResultRows,
  type RawResultInput,
  type ResultView,
  VIEW_ROWS_MAX,
} from './view-schemas';

/** Returns how many rows a result has, and how many of them a view shows. While the result still comes, as far as it is. */
export async function getResult(ctx: Context, raw: RawResultInput<typeof GetResult>): Promise<ResultState> {
  requirePermission(ctx, 'queries:read');
  const { id, view } = GetResult.parse(raw);
  await requireRunner(ctx, id);
  const result = await openResult(ctx, id);
  await result.spool.reach(1);
  const places = isPlain(view) ? undefined : await viewOf(result, view);
  const { rowCount, isComplete, isCut, sizeBytes, columns } = result.spool;
  return { columns, rowCount, viewRows: places?.starts.length ?? rowCount, isComplete, isCut, sizeBytes };
}

/** Returns some of a view's rows, from any place on. */
export async function listResultRows(ctx: Context, raw: RawResultInput<typeof ListResultRows>): Promise<ResultRows> {
  requirePermission(ctx, 'queries:read');
  const { id, view, from, count, isWhole } = ListResultRows.parse(raw);
  await requireRunner(ctx, id);
  const result = await openResult(ctx, id);
  const { rows, numbers } = isPlain(view)
    ? await plainRows(result, from, count)
    : await viewRows(result, await viewOf(result, view), from, count);
  return { from, numbers, rows: isWhole ? rows : rows.map((row) => row.map(shown)) };
}

export function isPlain({ filters, sort }: ResultView): boolean {
  return filters.length === 0 && !sort;
}

async function plainRows({ spool }: OpenResult, from: number, count: number) {
  await spool.reach(from + count);
  const rows = await spool.rowsFrom(from, count);
  return { rows, numbers: rows.map((_, index) => from + index) };
}

export async function viewRows(
  { spool }: OpenResult,
  { starts, lengths, numbers }: RowPlaces,
  from: number,
  count: number,
) {
  const to = Math.min(from + count, starts.length);
  const places = Array.from({ length: Math.max(0, to - from) }, (_, index) => ({
    start: starts[from + index] ?? 0,
    length: lengths[from + index] ?? 0,
  }));
  return { rows: await spool.rowsAt(places), numbers: [...numbers.subarray(from, to)] };
}

export async function viewOf(result: OpenResult, view: ResultView): Promise<RowPlaces> {
  return keepView(result, JSON.stringify(view), async () => {
    const file = await completeFile(result);
    const { filters, sort } = view;
    const places = await runTask({ type: 'order', file, filters, sort, maxRows: VIEW_ROWS_MAX });
    if (places !== 'too-many') return places;
    throw new AppError(
      'LIMIT_EXCEEDED',
      `More than ${VIEW_ROWS_MAX} rows cannot be sorted or filtered here. Filter more, or sort in SQL by ORDER BY.`,
      { reason: 'resultTooLong', details: { max: VIEW_ROWS_MAX } },
    );
  });
}

/** The whole result, for a thread. */
export async function completeFile({ spool }: OpenResult) {
  await spool.complete();
  const { fd, sizeBytes, hasHeader, columns } = spool;
  return { fd, sizeBytes, hasHeader, columns };
}

function shown(cell: Cell): Cell {
  return cell !== null && cell.length > CELL_SHOWN_MAX ? `${cell.slice(0, CELL_SHOWN_MAX)}…` : cell;
}
