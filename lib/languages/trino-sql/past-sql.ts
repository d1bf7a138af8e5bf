import type { TableMoment } from './table-moments.ts';

export interface PastTable {
  database: string;
  table: string;
}

/** What a name of the past became, and behind it, in a comment, how it was written: the person's own text is never lost. */
const PAST = /"[^"]+"\."[^"]+"(?: AS "[^"]+")? \/\*@ (?<own>[^*]+) @\*\//g;

/**
 * Writes tables of the past into a statement: `sales@2026-11-25` becomes the table that holds those rows, called `sales`
 * as before where the statement gives it no other name.
 */
export function toPastSql(
  sql: string,
  moments: readonly TableMoment[],
  pastOf: (moment: TableMoment) => PastTable,
): string {
  let written = '';
  let from = 0;
  for (const moment of moments) {
    const { database, table } = pastOf(moment);
    const alias = moment.hasAlias ? '' : ` AS "${moment.table}"`;
    written += `${sql.slice(from, moment.start)}"${database}"."${table}"${alias} /*@ ${moment.text} @*/`;
    from = moment.end;
  }
  return written + sql.slice(from);
}

/** Returns the statement as the person wrote it. */
export function toOwnSql(pastSql: string): string {
  return pastSql.replace(PAST, (...match) => (match.at(-1) as { own: string }).own);
}

/** Returns where a place of the written statement is in the person's own; lines and columns count from 1. */
export function toOwnPlace(pastSql: string, place: { line: number; column: number }): { line: number; column: number } {
  // Names hold no line ends: what moved, moved within its line.
  const line = pastSql.split('\n')[place.line - 1] ?? '';
  let moved = 0;
  for (const match of line.matchAll(PAST)) {
    const own = match.groups?.own ?? '';
    const [start, end] = [match.index + 1, match.index + 1 + match[0].length];
    if (place.column < start) break;
    if (place.column < end) return { line: place.line, column: start - moved };
    moved += match[0].length - own.length;
  }
  return { line: place.line, column: place.column - moved };
}

/** Returns a message about the written statement with the tables called as the person calls them. */
export function toOwnMessage(pastSql: string, message: string): string {
  return [...pastSql.matchAll(PAST)].reduce((said, match) => {
    const [, database, table] = /^"([^"]+)"\."([^"]+)"/.exec(match[0]) ?? [];
    return said.replaceAll(`${database}.${table}`, match.groups?.own ?? '');
  }, message);
}
