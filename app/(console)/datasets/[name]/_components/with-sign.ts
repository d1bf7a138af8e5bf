/** A change with its sign: `+10`, `−10` (U+2212), `±0`. */
export function withSign(change: number, format: (value: number) => string): string {
  if (change === 0) return `±${format(0)}`;
  return `${change > 0 ? '+' : '\u2212'}${format(Math.abs(change))}`;
}
