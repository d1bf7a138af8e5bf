export type SqlPieceKind = 'keyword' | 'string' | 'number' | 'comment' | 'plain';

export interface SqlPiece {
  kind: SqlPieceKind;
  text: string;
}

/** A text or a comment may be open at the end: a first line is cut from a longer statement. */
const PIECE =
  /(?<comment>--[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|(?<string>'(?:[^']|'')*(?:'|$))|(?<plain>"(?:[^"]|"")*(?:"|$))|(?<word>[A-Za-z_]\w*)|(?<number>\d+(?:\.\d+)?)/g;

const KEYWORDS = new Set(
  `all alter and array as asc between by case cast create cross current_date current_timestamp delete desc describe distinct
  drop else end escape except execute exists explain external false fetch filter first from full group having in inner insert
  intersect interval into is join lateral last left like limit location natural not null nulls offset on or order outer over
  partition partitioned preceding prepare recursive repair replace right row rows select set show stored table tables then true
  try_cast union unload unnest using values view when where window with`.split(/\s+/),
);

/** Splits a statement into what is coloured alike. Nothing is lost: the pieces together are the statement. */
export function sqlPieces(sql: string): SqlPiece[] {
  const pieces: SqlPiece[] = [];
  let end = 0;
  for (const match of sql.matchAll(PIECE)) {
    if (match.index > end) pieces.push({ kind: 'plain', text: sql.slice(end, match.index) });
    pieces.push({ kind: kindOf(match.groups ?? {}), text: match[0] });
    end = match.index + match[0].length;
  }
  if (end < sql.length) pieces.push({ kind: 'plain', text: sql.slice(end) });
  return pieces;
}

function kindOf({ comment, string, word, number }: Record<string, string | undefined>): SqlPieceKind {
  if (comment !== undefined) return 'comment';
  if (string !== undefined) return 'string';
  if (number !== undefined) return 'number';
  return word !== undefined && KEYWORDS.has(word.toLowerCase()) ? 'keyword' : 'plain';
}
