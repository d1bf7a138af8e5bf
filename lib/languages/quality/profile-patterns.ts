const SHOWN = 10;

/**
 * The shape of a text: `AB-1204` is `AA-9999`. Letters without case, as in Chinese, are `a`; more than eight of a kind in a
 * row are `a+`, whatever their number.
 */
export function patternOf(text: string): string {
  const shape = [...text].map(classOf).join('');
  return shape.replaceAll(/A{9,}|a{9,}|9{9,}/g, (run) => `${run[0]}+`);
}

function classOf(character: string): string {
  if (/\p{Nd}/u.test(character)) return '9';
  if (/\p{Lu}/u.test(character)) return 'A';
  return /\p{L}/u.test(character) ? 'a' : character;
}

export interface CountedValue {
  value: string;
  rows: number;
}

/** The shapes of values, most frequent first, their rows scaled so that together they are `rows`. */
export function patternsOf(values: readonly CountedValue[], rows: number): { pattern: string; rows: number }[] {
  const counts = new Map<string, number>();
  let all = 0;
  for (const each of values) {
    const pattern = patternOf(each.value);
    counts.set(pattern, (counts.get(pattern) ?? 0) + each.rows);
    all += each.rows;
  }
  const scale = all === 0 ? 0 : rows / all;
  return [...counts]
    .map(([pattern, count]) => ({ pattern, rows: Math.round(count * scale) }))
    .sort((a, b) => b.rows - a.rows || (a.pattern < b.pattern ? -1 : 1))
    .slice(0, SHOWN);
}
