/** How names and values stand in SQL, so that none can leave its place. */
import { quoteText } from '../job-graph/sql-text.ts';

export { quoteName, quoteText } from '../job-graph/sql-text.ts';

/** Whole numbers as they are; others as doubles, since `0.1` is a decimal in Trino. */
export function numberSql(value: number): string {
  if (Number.isSafeInteger(value)) return value < 0 ? `(${value})` : String(value);
  return `DOUBLE ${quoteText(String(value))}`;
}

export const timestampSql = (at: Date): string =>
  `TIMESTAMP ${quoteText(at.toISOString().slice(0, 23).replace('T', ' '))}`;
