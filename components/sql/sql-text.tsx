import { type SqlPieceKind, sqlPieces } from './sql-pieces';

const COLOURS: Record<SqlPieceKind, string | undefined> = {
  keyword: 'var(--k-key)',
  string: 'var(--k-str)',
  number: 'var(--k-num)',
  comment: 'var(--k-com)',
  plain: undefined,
};

/** A statement to be read, in the editor's colours. */
export function SqlText({ sql }: { sql: string }) {
  return sqlPieces(sql).map(({ kind, text }, index) => {
    const color = COLOURS[kind];
    if (!color) return text;
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: a piece is its place in the text.
      <span key={index} style={{ color }}>
        {text}
      </span>
    );
  });
}
