/** Athena tells nobody who ran a query. The pipeline's say it themselves, in a comment. */
const MARK = '-- lacustre: a step of a run\n';

export function markPipelineSql(sql: string): string {
  return `${MARK}${sql}`;
}

export function isPipelineSql(sql: string): boolean {
  return sql.startsWith(MARK);
}
