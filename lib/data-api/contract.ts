/**
 * What the data API promises: its inputs and outputs, from which the routes parse, the OpenAPI document is made and the
 * page Connect explains. Client-safe.
 */
import { z } from 'zod';
import { PARAMETER_TYPES } from '@/lib/query/saved/parameters';

export const LIMITS = {
  rowsDefault: 1_000,
  rowsMax: 10_000,
  timeoutSecondsDefault: 30,
  timeoutSecondsMax: 120,
  /** Of one person, by whichever token. */
  requestsPerMinute: 120,
  bodyBytesMax: 1_048_576,
} as const;

const Sql = z.string().trim().min(1).max(262_144).meta({
  description: 'One reading statement of Athena’s SQL: SELECT, SHOW, DESCRIBE or EXPLAIN.',
  example: 'SELECT location, total_sales FROM sales_by_location ORDER BY 2 DESC',
});

const RowLimit = z.coerce
  .number()
  .int()
  .min(1)
  .max(LIMITS.rowsMax)
  .meta({ description: 'The most rows to answer with.', example: LIMITS.rowsDefault });
const Timeout = z.coerce
  .number()
  .int()
  .min(1)
  .max(LIMITS.timeoutSecondsMax)
  .default(LIMITS.timeoutSecondsDefault)
  .meta({ description: 'Seconds to wait; a query that runs longer is cancelled.' });
const Next = z.string().max(4_096).optional().meta({ description: '`next` of the answer before: the rows behind it.' });

/** The inputs of `GET /query`. */
export const QueryInput = z
  .object({ query: Sql.optional(), limit: RowLimit.default(LIMITS.rowsDefault), timeout: Timeout, next: Next })
  .refine(({ query, next }) => (query === undefined) !== (next === undefined), {
    path: ['query'],
    error: 'Give either a query, or the `next` of an earlier answer.',
  });
export type QueryInput = z.infer<typeof QueryInput>;

/** What the endpoint of a saved query takes beside the query's own parameters. */
export const SavedInput = z.object({
  limit: RowLimit.optional().meta({
    description: `The most rows to answer with: as JSON ${LIMITS.rowsDefault} if it is not given, in other formats all.`,
  }),
  timeout: Timeout,
  next: Next,
});
export type SavedInput = z.infer<typeof SavedInput>;

export const StartInput = z.object({ query: Sql });

const Column = z
  .object({ name: z.string(), type: z.string() })
  .meta({ id: 'Column', description: 'A column of a result, with Athena’s type.' });

const Row = z.record(z.string(), z.unknown()).meta({
  description:
    'A value for each column: numbers as JSON numbers with all their digits, booleans, null, and text for all else. ' +
    'Dates are YYYY-MM-DD, timestamps YYYY-MM-DDThh:mm:ss.sss. NaN and infinities are text.',
});

export const QueryAnswer = z
  .object({
    query: z.string(),
    columns: z.array(Column),
    results: z.array(Row),
    truncated: z.boolean().meta({ description: 'There are more rows than these.' }),
    next: z.string().optional().meta({ description: 'Where they go on, if there are more.' }),
  })
  .meta({ id: 'QueryAnswer' });

export const SavedAnswer = QueryAnswer.omit({ query: true })
  .extend({ id: z.string(), name: z.string() })
  .meta({ id: 'SavedAnswer' });

export const SavedList = z
  .object({
    queries: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        description: z.string().optional(),
        path: z.string().meta({ description: 'Where it is called.' }),
        parameters: z.array(
          z.object({
            name: z.string(),
            type: z.enum(PARAMETER_TYPES),
            default: z.string().optional().meta({ description: 'Without one the parameter must be given.' }),
            description: z.string().optional(),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'SavedList' });

export const QueryState = z
  .object({
    id: z.string(),
    query: z.string(),
    status: z.enum(['queued', 'running', 'succeeded', 'failed', 'cancelled']),
    scannedBytes: z.number().int(),
    totalMs: z.number().int(),
    error: z
      .object({
        message: z.string(),
        name: z.string().optional(),
        line: z.number().optional(),
        column: z.number().optional(),
      })
      .optional(),
  })
  .meta({ id: 'QueryState' });

export const TableList = z
  .object({
    database: z.string(),
    tables: z.array(
      z.object({
        name: z.string(),
        dataset: z.string().meta({ description: 'The dataset whose files it is made of.' }),
        columns: z.array(Column),
        rows: z.number().int().optional(),
        sizeBytes: z.number().int().optional(),
      }),
    ),
  })
  .meta({ id: 'TableList' });

export const StartAnswer = z.object({ id: z.string() }).meta({ id: 'StartAnswer' });

export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    instance: z.string().meta({ description: 'The request’s id, as the console’s log has it.' }),
    name: z.string().optional().meta({ description: 'Athena’s name of the error, as COLUMN_NOT_FOUND.' }),
    line: z.number().int().optional().meta({ description: 'Where in the query, from 1.' }),
    column: z.number().int().optional(),
    parameter: z.string().optional().meta({ description: 'Which parameter of a saved query is wrong.' }),
  })
  .meta({ id: 'Problem', description: 'RFC 9457: https://www.rfc-editor.org/rfc/rfc9457' });
export type Problem = z.infer<typeof Problem>;

/** How a whole result can be had, by `Accept`. */
export const RESULT_TYPES = [
  'application/json',
  'application/x-ndjson',
  'text/csv',
  'application/vnd.apache.arrow.stream',
  'application/vnd.apache.parquet',
] as const;
export type ResultType = (typeof RESULT_TYPES)[number];
