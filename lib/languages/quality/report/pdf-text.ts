/**
 * Text as the standard fonts of PDF can write it (WinAnsi: the languages of western Europe, French whole). A character that
 * they lack is written by its number, so that two names never look the same.
 */
export function winAnsi(text: string, known: ReadonlySet<number>): string {
  return Array.from(text.replace(/\s/g, ' '), (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (known.has(code)) return character;
    return code === MINUS ? '–' : `\\u{${code.toString(16)}}`;
  }).join('');
}

const MINUS = 0x2212;

export type Measure = (text: string) => number;

/** Breaks a text into lines of a width, in words where it can; what needs more lines than `max` ends in an ellipsis. */
export function wrapText(text: string, width: number, max: number, measure: Measure): string[] {
  const lines: string[] = [];
  let rest = text.trim();
  while (rest && lines.length < max) {
    const fits = fitting(rest, width, measure);
    if (fits === rest.length) return [...lines, rest];
    const space = rest.lastIndexOf(' ', fits);
    const end = space > 0 ? space : fits;
    lines.push(rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  const last = lines.at(-1);
  if (rest && last !== undefined) {
    const short = last.slice(0, fitting(`${last}`, width - measure('…'), measure));
    lines[lines.length - 1] = `${short.trimEnd()}…`;
  }
  return lines;
}

/** How many characters of the text are no wider, one at the least. */
function fitting(text: string, width: number, measure: Measure): number {
  let [low, high] = [1, Math.min(text.length, 1_000)];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (measure(text.slice(0, middle)) <= width) low = middle;
    else high = middle - 1;
  }
  return low;
}
