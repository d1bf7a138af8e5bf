export interface Statement {
  sql: string;
  /** Where it begins and ends in the whole text. */
  from: number;
  to: number;
}

/** A text in single quotes, a name in double quotes, a comment of either kind, or the end of a statement. */
const TOKEN = /'(?:[^']|'')*(?:'|$)|"(?:[^"]|"")*(?:"|$)|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|;/g;

/** Returns the statements of a text, each without the `;` that ends it: Athena runs one at a time. */
export function statementsIn(text: string): Statement[] {
  const ends = [...text.matchAll(TOKEN)].filter((token) => token[0] === ';').map((token) => token.index);
  const bounds = [-1, ...ends, text.length];
  const pieces = bounds.slice(1).map((end, index) => trimmed(text, (bounds[index] ?? -1) + 1, end));
  return pieces.filter((piece) => hasWords(piece.sql));
}

/** Returns the statement that holds an offset, or the nearest one. */
export function statementAt(text: string, offset: number): Statement {
  const statements = statementsIn(text);
  const holder = statements.find((piece) => offset <= piece.to + 1) ?? statements.at(-1);
  return holder ?? { sql: '', from: 0, to: 0 };
}

/** Returns the statements of a part of a text, at their places in the whole. */
export function statementsWithin(text: string, from: number, to: number): Statement[] {
  return statementsIn(text.slice(from, to)).map((piece) => ({
    ...piece,
    from: piece.from + from,
    to: piece.to + from,
  }));
}

/** Comments alone are nothing that could be run. */
function hasWords(sql: string): boolean {
  return sql.replace(/--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g, '').trim() !== '';
}

function trimmed(text: string, from: number, to: number): Statement {
  const piece = text.slice(from, to);
  const start = from + (piece.length - piece.trimStart().length);
  const sql = piece.trim();
  return { sql, from: start, to: start + sql.length };
}

/** Returns the offset of a line and column that count from 1, kept within the text. */
export function offsetOf(text: string, line: number, column: number): number {
  const lines = text.split('\n');
  const before = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  const within = Math.min(column - 1, lines[line - 1]?.length ?? 0);
  return Math.min(before + within, text.length);
}
