const STEP = '  ';

/**
 * Indents JSON by its characters alone: numbers stay as they are written (parsing would round 12345678901234567890 and
 * shorten 1.10), several values follow each other, and a text that breaks off is indented as far as it goes.
 */
export function indentJson(text: string): string {
  let out = '';
  let depth = 0;
  let at = 0;
  const line = () => `\n${STEP.repeat(depth)}`;
  while (at < text.length) {
    const character = text[at] ?? '';
    if (character === '"') {
      const end = stringEnd(text, at);
      out += text.slice(at, end);
      at = end;
      continue;
    }
    at++;
    if (/\s/.test(character)) {
      // Between values of their own, one a line.
      if (depth === 0 && character === '\n' && out !== '' && !out.endsWith('\n')) out += '\n';
    } else if (character === '{' || character === '[') {
      const close = nextSolid(text, at);
      if (text[close] === (character === '{' ? '}' : ']')) {
        out += character + text[close];
        at = close + 1;
      } else {
        depth++;
        out += character + line();
      }
    } else if (character === '}' || character === ']') {
      depth = Math.max(0, depth - 1);
      out += line() + character;
    } else if (character === ',') out += character + line();
    else out += character === ':' ? ': ' : character;
  }
  return out.trimEnd();
}

function nextSolid(text: string, start: number): number {
  let at = start;
  while (at < text.length && /\s/.test(text[at] ?? '')) at++;
  return at;
}

/** Behind the closing quote, or the end of a text that lacks it. */
function stringEnd(text: string, open: number): number {
  for (let at = open + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}
