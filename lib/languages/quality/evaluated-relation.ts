import type { Relation } from '../dqdl/table.ts';
import type { QualityEvaluation } from './evaluation.ts';

/** What an evaluation looked at, to be asked again for the rows that it counted. */
export function evaluatedRelation({
  database,
  table,
  staged,
}: Pick<QualityEvaluation, 'database' | 'table' | 'staged'>): Relation {
  if (!staged) return { database, table };
  const { before, ...rows } = staged;
  // The first file of a table: there is nothing but its rows.
  if (before === null) return { database: rows.database, table: rows.table };
  return { ...(before ?? { database, table }), staged: rows };
}
