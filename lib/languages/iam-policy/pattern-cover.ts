/**
 * Whether one pattern of a policy matches all that another one matches. What it says yes to is true; of two patterns that
 * mean the same in different ways it may not see it.
 */
const STAR = '*';
const ONE = '?';

/** Characters, `*`, `?`, and each `${variable}` as one piece: what it stands for is not known, only that it is the same. */
function pieces(pattern: string): string[] {
  return (pattern.match(/\$\{[^}]*\}|[\s\S]/g) ?? []).filter((piece, index, all) => {
    return piece !== STAR || all[index - 1] !== STAR;
  });
}

/** `arn:aws:s3:::lake/*` covers `arn:aws:s3:::lake/sales/*` and `arn:aws:s3:::lake/a`, not `arn:aws:s3:::lake`. */
export function covers(wide: string, narrow: string, { ignoreCase = false } = {}): boolean {
  if (wide === STAR) return true;
  const [one, other] = ignoreCase ? [wide.toLowerCase(), narrow.toLowerCase()] : [wide, narrow];
  const wild = one.search(/[*?]|\$\{/);
  if (wild === -1) return one === other;
  return other.startsWith(one.slice(0, wild)) && matchPieces(pieces(one), pieces(other));
}

/** As a pattern is compared with a text; only that a `*` of the narrow one is matched by a `*` alone. */
function matchPieces(wide: string[], narrow: string[]): boolean {
  let [at, index, star, resume] = [0, 0, -1, 0];
  while (index < narrow.length) {
    const piece = narrow[index];
    if (wide[at] === STAR) {
      star = at++;
      resume = index;
    } else if (at < wide.length && (wide[at] === piece || (wide[at] === ONE && isOneCharacter(piece)))) {
      at++;
      index++;
    } else if (star >= 0) {
      at = star + 1;
      index = ++resume;
    } else return false;
  }
  while (wide[at] === STAR) at++;
  return at === wide.length;
}

function isOneCharacter(piece: string | undefined): boolean {
  return piece !== undefined && piece !== STAR && (piece.length === 1 || /^\$\{[*?$]\}$/.test(piece));
}

/** Whether any of the patterns alone covers it. */
export function anyCovers(wide: readonly string[], narrow: string, options?: { ignoreCase?: boolean }): boolean {
  return wide.some((pattern) => covers(pattern, narrow, options));
}

/** Whether some text can match both. */
export function overlap(one: string, other: string, { ignoreCase = false } = {}): boolean {
  const fold = (text: string) => pieces(ignoreCase ? text.toLowerCase() : text);
  const [a, b] = [fold(one), fold(other)];
  // Most patterns part ways before their first star.
  while (a[0] !== undefined && b[0] !== undefined && !isWild(a[0]) && !isWild(b[0])) {
    if (a.shift() !== b.shift()) return false;
  }
  // Row by row: which beginnings of `b` can be the same text as the first pieces of `a`.
  let row = reachFromStart(b);
  for (const piece of a) row = nextRow(row, piece, b);
  return row[b.length] === true;
}

function reachFromStart(b: string[]): boolean[] {
  const row = [true];
  for (const [index, piece] of b.entries()) row.push(row[index] === true && piece === STAR);
  return row;
}

function nextRow(row: boolean[], piece: string, b: string[]): boolean[] {
  const next = [piece === STAR && row[0] === true];
  for (const [index, other] of b.entries()) {
    const both = row[index] === true && canBeSame(piece, other);
    const skipsMine = piece === STAR && row[index + 1] === true;
    const skipsTheirs = other === STAR && next[index] === true;
    // A star may take one more piece of the other side, and stay.
    const mineTakes = piece === STAR && next[index] === true;
    const theirsTakes = other === STAR && row[index + 1] === true;
    next.push(both || skipsMine || skipsTheirs || mineTakes || theirsTakes);
  }
  return next;
}

function canBeSame(one: string, other: string): boolean {
  return one === other || isWild(one) || isWild(other);
}

/** A variable may stand for anything. */
function isWild(piece: string): boolean {
  return piece === ONE || piece === STAR || piece.startsWith('${');
}
