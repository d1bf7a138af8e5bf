import { checkStatement } from '@/lib/languages/trino-sql/check-statement.ts';
import { queryNames } from '@/lib/languages/trino-sql/query-names.ts';
import { SqlError } from '@/lib/languages/trino-sql/sql-error.ts';
import { offsetOf, type Statement, statementsIn } from '@/lib/query/statement-at';

export interface TextProblem {
  from: number;
  to: number;
  message: string;
}

/** A table that the text reads, at its place. */
export interface TextTable {
  from: number;
  to: number;
  database?: string;
  name: string;
}

export interface CheckedText {
  problems: TextProblem[];
  tables: TextTable[];
}

/** What the grammar has against a text of several statements, and which tables it reads. */
export function checkText(text: string): CheckedText {
  const checked: CheckedText = { problems: [], tables: [] };
  for (const statement of statementsIn(text)) {
    const error = checkStatement(statement.sql);
    if (error) checked.problems.push(problemOf(text, statement, error));
    else checked.tables.push(...tablesOf(statement));
  }
  return checked;
}

function problemOf(text: string, { sql, from: start }: Statement, { detail, position, code }: SqlError): TextProblem {
  const offset = position ? offsetOf(sql, position.line, position.column) : 0;
  const from = start + offset;
  const to = from + (/^(?:"[^"]*"|[\p{L}\p{N}_]+|\S)/u.exec(text.slice(from))?.[0].length ?? 0);
  const name = code === 'MISMATCHED_INPUT' ? '' : `${code}: `;
  return { from, to, message: `${name}line ${placeIn(text, from)}: ${detail}` };
}

/** Athena's place, in the whole text: that is what the line numbers beside it count. */
function placeIn(text: string, offset: number): string {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  return `${text.slice(0, offset).split('\n').length}:${offset - lineStart + 1}`;
}

/** Only of what reads: a statement that makes or drops a table says itself what it expects of it. */
function tablesOf({ sql, from }: Statement): TextTable[] {
  if (!/^\s*(?:select|with|explain|insert|\()/i.test(sql)) return [];
  try {
    return queryNames(sql).tables.map(({ schema, name, line, column }) => {
      const start = offsetOf(sql, line, column);
      const written = /^(?:"[^"]*"|[\p{L}\p{N}_])+(?:\.(?:"[^"]*"|[\p{L}\p{N}_])+)*/u.exec(sql.slice(start))?.[0] ?? '';
      return { from: from + start, to: from + start + written.length, name, ...(schema ? { database: schema } : {}) };
    });
  } catch (error) {
    if (error instanceof SqlError) return [];
    throw error;
  }
}
