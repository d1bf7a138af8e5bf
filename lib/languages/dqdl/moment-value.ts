import { isTimeText } from './parse-condition.ts';
import { RuleError } from './rule-error.ts';
import type { DurationUnit, Value } from './ruleset.ts';

const MILLISECONDS: Record<DurationUnit, number> = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 };

/** `now()`, `(now() - 3 days)`, "2026-11-26"; "9:30 AM" is that time of today. In UTC, unless a zone is given. */
export function momentOf(value: Value, now: Date, timeZone = 'UTC'): Date {
  if (value.kind === 'now') {
    const { sign, amount, unit } = value.offset ?? { sign: '+', amount: 0, unit: 'days' };
    return new Date(now.getTime() + (sign === '-' ? -1 : 1) * amount * MILLISECONDS[unit]);
  }
  if (value.kind !== 'text') throw new RuleError('notADate', 'a date was expected', {});
  const moment = isTimeText(value.value) ? timeOfToday(value.value, now, timeZone) : dateOf(value.value);
  if (Number.isNaN(moment.getTime()))
    throw new RuleError('notADate', `${value.value} is no date`, { value: value.value });
  return moment;
}

function dateOf(text: string): Date {
  const [date = '', time = '00:00'] = text.split(/[ T]/);
  const moment = new Date(`${date}T${time.length === 5 ? `${time}:00` : time}Z`);
  const isReal = !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(date);
  return isReal ? moment : new Date(Number.NaN);
}

function timeOfToday(text: string, now: Date, timeZone: string): Date {
  const [, hour = '0', minute = '0', half] = /^(\d{1,2}):(\d{2})(?: ([AP])M)?$/.exec(text) ?? [];
  const hours = half ? (Number(hour) % 12) + (half === 'P' ? 12 : 0) : Number(hour);
  if (hours > 23 || Number(minute) > 59) return new Date(Number.NaN);
  const there = shifted(now, timeZone);
  const midnight = Date.UTC(there.getUTCFullYear(), there.getUTCMonth(), there.getUTCDate());
  const offset = Math.round((there.getTime() - now.getTime()) / 60_000) * 60_000;
  return new Date(midnight + hours * 3_600_000 + Number(minute) * 60_000 - offset);
}

/** The clock of a zone, read as if it were UTC's. */
function shifted(at: Date, timeZone: string): Date {
  try {
    const text = at.toLocaleString('sv-SE', { timeZone, hourCycle: 'h23' });
    return new Date(`${text.replace(' ', 'T')}Z`);
  } catch {
    throw new RuleError('unknownTimeZone', `there is no time zone ${timeZone}`, { timeZone });
  }
}
