/** Past this, colouring costs more than it helps. */
const COLOURED_MAX = 60_000;

const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/g;

/** Cuts a text into pieces with the class of each: `k` key, `s` text, `n` number or constant. */
export function tokensOf(text: string): [kind: 'k' | 's' | 'n' | '', token: string][] {
  if (text.length > COLOURED_MAX) return [['', text]];
  const tokens: [kind: 'k' | 's' | 'n' | '', token: string][] = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    if (match.index > end) tokens.push(['', text.slice(end, match.index)]);
    const [whole, quoted, colon] = match;
    if (!quoted) tokens.push(['n', whole]);
    else tokens.push([colon ? 'k' : 's', quoted], ['', colon ?? '']);
    end = match.index + whole.length;
  }
  return [...tokens, ['', text.slice(end)]];
}
