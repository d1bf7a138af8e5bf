const made = new Map<string, Intl.DateTimeFormat>();

/** Returns a moment as a field of date and time holds it, in a time zone: `2026-11-25T14:03:00`. */
export function toLocalText(at: number, timeZone: string): string {
  // Swedish dates are ISO 8601 but for the space.
  const format =
    made.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  made.set(timeZone, format);
  return format.format(at).replace(' ', 'T');
}

/**
 * Returns the moment that a clock of a time zone shows as this text, in milliseconds; undefined for what is no date and
 * time. Of an hour that the clocks show twice it is the first; one that they leave out is moved on.
 */
export function fromLocalText(text: string, timeZone: string): number | undefined {
  const asUtc = Date.parse(`${text}${text.length === 16 ? ':00' : ''}Z`);
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/.test(text) || Number.isNaN(asUtc)) return undefined;
  const offsetAt = (at: number) => Date.parse(`${toLocalText(at, timeZone)}Z`) - Math.floor(at / 1000) * 1000;
  const day = 24 * 60 * 60 * 1000;
  // Of the two offsets around a change of the clocks one is right; where both are, the first hour is the larger one's.
  const candidates = [offsetAt(asUtc - day), offsetAt(asUtc + day)].map((offset) => asUtc - offset);
  return candidates.find((at) => offsetAt(at) === asUtc - at) ?? candidates[0];
}
