/** The two fields of a cron expression that say on which days of a month it is due. */
import { FIELDS, parseField, parseNumber } from './cron-fields.ts';
import { ScheduleError } from './schedule-error.ts';

/** Days of a month (1 = January), in order. */
export type DaysOfMonth = (year: number, month: number) => number[];

/** One field says it, and the other must be `?`. */
export function parseDays(dayOfMonth: string, dayOfWeek: string): DaysOfMonth {
  if ((dayOfMonth === '?') === (dayOfWeek === '?')) {
    throw new ScheduleError('exactly one of Day-of-month and Day-of-week must be ?.');
  }
  return dayOfWeek === '?' ? parseDayOfMonth(dayOfMonth.toUpperCase()) : parseDayOfWeek(dayOfWeek.toUpperCase());
}

function parseDayOfMonth(text: string): DaysOfMonth {
  if (text === 'LW') return (year, month) => [nearestWeekday(year, month, lengthOf(year, month))];
  const [, back] = /^L(?:-(\d{1,2}))?$/.exec(text) ?? [];
  if (text === 'L' || back !== undefined) {
    const before = back === undefined ? 0 : Number(back);
    if (before > 30) throw new ScheduleError(`Day-of-month has '${text}', which is before every month.`);
    return (year, month) => [lengthOf(year, month) - before].filter((day) => day >= 1);
  }
  const [, near] = /^(\d+)W$/.exec(text) ?? [];
  if (near !== undefined) {
    const day = parseNumber(near, FIELDS.dayOfMonth);
    return (year, month) => (day > lengthOf(year, month) ? [] : [nearestWeekday(year, month, day)]);
  }
  const days = parseField(text, FIELDS.dayOfMonth);
  return (year, month) => days.filter((day) => day <= lengthOf(year, month));
}

function parseDayOfWeek(text: string): DaysOfMonth {
  // Alone it is the last day of the week.
  if (text === 'L') return parseDayOfWeek('7');
  const [, last] = /^(\w+)L$/.exec(text) ?? [];
  if (last !== undefined) {
    const weekday = parseNumber(last, FIELDS.dayOfWeek);
    return (year, month) => daysOf(year, month, [weekday]).slice(-1);
  }
  const [, named, nth] = /^(\w+)#(\d+)$/.exec(text) ?? [];
  if (named !== undefined) {
    const weekday = parseNumber(named, FIELDS.dayOfWeek);
    const n = Number(nth);
    if (n < 1 || n > 5)
      throw new ScheduleError(`Day-of-week has '${text}': a month has such a day at most five times.`);
    return (year, month) => daysOf(year, month, [weekday]).slice(n - 1, n);
  }
  const weekdays = parseField(text, FIELDS.dayOfWeek);
  return (year, month) => daysOf(year, month, weekdays);
}

function daysOf(year: number, month: number, weekdays: number[]): number[] {
  const days = Array.from({ length: lengthOf(year, month) }, (_, i) => i + 1);
  return days.filter((day) => weekdays.includes(weekdayOf(year, month, day)));
}

/** The nearest day from Monday to Friday in the same month. */
function nearestWeekday(year: number, month: number, day: number): number {
  const weekday = weekdayOf(year, month, day);
  if (weekday === 7) return day > 1 ? day - 1 : day + 2;
  if (weekday === 1) return day < lengthOf(year, month) ? day + 1 : day - 2;
  return day;
}

/** 1 = Sunday. */
const weekdayOf = (year: number, month: number, day: number): number =>
  new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 1;

const lengthOf = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();
