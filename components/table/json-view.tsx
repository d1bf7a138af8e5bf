import { Fragment } from 'react';

/** JSON, indented and coloured; what is not JSON stays as it is. */
export function JsonView({ label, text }: { label: string; text: string }) {
  const pretty = indent(text);
  return (
    // A scrolling region must be reachable by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above.
    <section aria-label={label} tabIndex={0} className="code max-h-96">
      {tokensOf(pretty).map(
        ([kind, token], index) =>
          // biome-ignore-start lint/suspicious/noArrayIndexKey: tokens of a fixed text never change places.
          kind ? (
            <span key={index} className={kind}>
              {token}
            </span>
          ) : (
            <Fragment key={index}>{token}</Fragment>
          ),
        // biome-ignore-end lint/suspicious/noArrayIndexKey: see above.
      )}
    </section>
  );
}

/** Past this, colouring costs more than it helps. */
const COLOURED_MAX = 60_000;

function indent(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

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
