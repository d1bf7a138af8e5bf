/** Where the last comma between two elements of an array is, in a text that starts inside it; `start` where there is none. */
export function lastElementEnd(text: string, start: number): number {
  let depth = 0;
  let last = start;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) {
      at = stringEnd(text, at + 1);
      if (at < 0) return last;
    } else if (code === 0x7b || code === 0x5b) depth++;
    else if (code === 0x7d || code === 0x5d) depth--;
    else if (code === 0x2c && depth === 0) last = at;
  }
  return last;
}

/** Where the quote is that closes a string, or -1. */
function stringEnd(text: string, start: number): number {
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x5c) at++;
    else if (code === 0x22) return at;
  }
  return -1;
}

/** A reviver of JSON that keeps whole numbers beyond 2^53 as they are written. */
export function exactNumber(_key: string, value: unknown, context?: { source?: string }): unknown {
  return typeof value === 'number' && !Number.isSafeInteger(value) && context?.source ? context.source : value;
}
