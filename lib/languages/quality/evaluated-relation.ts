import type { QualityEvaluation } from './evaluation.ts';

/** What an evaluation looked at: a table, or a table without one file's rows and with the staged ones in their stead. */
export interface EvaluatedRelation {
  database: string;
  table: string;
  staged?: { database: string; table: string; replaces: string };
}

/** What was, and can be, asked for the rows that an evaluation counted. */
export function evaluatedRelation({
  database,
  table,
  staged,
}: Pick<QualityEvaluation, 'database' | 'table' | 'staged'>): EvaluatedRelation {
  if (!staged) return { database, table };
  const { before, ...rows } = staged;
  // The first file of a table: there is nothing but its rows.
  if (before === null) return { database: rows.database, table: rows.table };
  return { ...(before ?? { database, table }), staged: rows };
}
