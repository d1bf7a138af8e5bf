import { z } from 'zod';
import { ChartConfig } from '../chart-config';

/** What a result is looked at through; client-safe. Columns are named by their place: two may share a name. */
const Place = z.number().int().min(0).max(100_000);
const Text = z.string().max(10_000);

const ColumnFilter = z.discriminatedUnion('op', [
  z.object({ op: z.literal('contains'), column: Place, text: Text.min(1) }),
  z.object({ op: z.literal('equals'), column: Place, text: Text }),
  /** Both ends belong to it; one may be left open. */
  z.object({ op: z.literal('range'), column: Place, from: Text.optional(), to: Text.optional() }),
  z.object({ op: z.literal('null'), column: Place }),
  z.object({ op: z.literal('notNull'), column: Place }),
]);
export type ColumnFilter = z.infer<typeof ColumnFilter>;

const RowSort = z.object({ column: Place, isDescending: z.boolean() });
export type RowSort = z.infer<typeof RowSort>;

const ResultView = z.object({ filters: z.array(ColumnFilter).max(50).default([]), sort: RowSort.optional() });
export type ResultView = z.infer<typeof ResultView>;

const QueryId = z.string().regex(/^[\w-]{1,128}$/);
const json = <T extends z.ZodType>(schema: T) =>
  z
    .string()
    .max(100_000)
    .transform((text, ctx) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        ctx.addIssue({ code: 'custom', message: 'This is not JSON.' });
        return z.NEVER;
      }
    })
    .pipe(schema);

/** As routes get them: the view is JSON in the address. */
export const GetResult = z.object({ id: QueryId, view: json(ResultView).default({ filters: [] }) });
export const ListResultRows = GetResult.extend({
  from: z.coerce.number().int().min(0),
  count: z.coerce.number().int().min(1).max(1000),
  /** Long values are cut for the grid, and whole for a copy or a row's detail. */
  isWhole: z.literal('yes').optional(),
});
export const GetColumnStats = GetResult.extend({ column: z.coerce.number().pipe(Place) });
export const GetResultChart = GetResult.extend({ config: json(ChartConfig) });
export type RawResultInput<T extends z.ZodType> = z.input<T> | Record<string, string | undefined>;

export const EMPTY_VIEW: ResultView = { filters: [] };

/** Past this the grid shows the beginning of a value alone. */
export const CELL_SHOWN_MAX = 500;
/** So many rows are sorted or filtered by the console itself; SQL has no such limit. */
export const VIEW_ROWS_MAX = 5_000_000;
