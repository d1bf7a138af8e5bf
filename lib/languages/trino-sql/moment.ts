/** A date, or a date and time: `2026-11-25`, `2026-11-25T14:03`, `2026-11-25 14:03:00.5+01:00`. */
const MOMENT =
  /^(?<date>\d{4}-\d{2}-\d{2})(?:[Tt ](?<time>\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(?<zone>[Zz]|[+-]\d{2}:\d{2})?)?$/;

/**
 * Returns a moment in milliseconds since the epoch; undefined for what is none, such as the 30th of February. Without a
 * zone it is UTC, as in all of Athena's SQL; a date alone is its first instant.
 */
export function parseMoment(text: string): number | undefined {
  const { date, time = '00:00', zone = 'Z' } = MOMENT.exec(text)?.groups ?? {};
  if (!date) return undefined;
  // Engines let days that a month does not have run over into the next one.
  const day = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(day) || new Date(day).toISOString().slice(0, 10) !== date) return undefined;
  const at = Date.parse(`${date}T${time}${zone.toUpperCase()}`);
  return Number.isNaN(at) ? undefined : at;
}

/** Returns the moment as SQL and addresses name it: `2026-11-25T14:03:00Z`. */
export function printMoment(at: number): string {
  return new Date(at).toISOString().replace('.000Z', 'Z');
}
