import { type DaysOfMonth, parseDays } from './cron-days.ts';
import { FIELDS, parseField } from './cron-fields.ts';
import type { Schedule } from './schedule.ts';
import { ScheduleError } from './schedule-error.ts';

const MINUTE_MS = 60_000;

/** What stands in `cron(…)`: six fields, in UTC. */
export function parseCron(text: string): Schedule {
  const fields = text.trim().split(/\s+/);
  const [minutes = '', hours = '', dayOfMonth = '', month = '', dayOfWeek = '', year = ''] = fields;
  if (fields.length !== 6) throw new ScheduleError(`cron(${text}) must have six fields.`);
  const atMinutes = parseField(minutes, FIELDS.minutes);
  return new CronSchedule({
    offsets: parseField(hours, FIELDS.hours).flatMap((hour) =>
      atMinutes.map((minute) => (hour * 60 + minute) * MINUTE_MS),
    ),
    days: parseDays(dayOfMonth, dayOfWeek),
    months: new Set(parseField(month, FIELDS.month)),
    years: new Set(parseField(year, FIELDS.year)),
  });
}

interface Cron {
  /** Milliseconds after midnight, in order. */
  offsets: number[];
  days: DaysOfMonth;
  months: Set<number>;
  years: Set<number>;
}

class CronSchedule implements Schedule {
  readonly #cron: Cron;

  constructor(cron: Cron) {
    this.#cron = cron;
  }

  next(after: number): number | undefined {
    const from = (Math.floor(after / MINUTE_MS) + 1) * MINUTE_MS;
    for (let month = monthIndex(from); month < FIELDS.year.max * 12 + 12; month++) {
      for (const midnight of this.#midnights(month)) {
        const offset = this.#cron.offsets.find((ms) => midnight + ms >= from);
        if (offset !== undefined) return midnight + offset;
      }
    }
    return undefined;
  }

  last(after: number, until: number): number | undefined {
    for (let month = monthIndex(until); month >= monthIndex(after); month--) {
      for (const midnight of this.#midnights(month).reverse()) {
        const offset = this.#cron.offsets.findLast((ms) => midnight + ms <= until);
        if (offset !== undefined) return midnight + offset > after ? midnight + offset : undefined;
      }
    }
    return undefined;
  }

  #midnights(index: number): number[] {
    const year = Math.floor(index / 12);
    const month = (index % 12) + 1;
    if (!this.#cron.years.has(year) || !this.#cron.months.has(month)) return [];
    return this.#cron.days(year, month).map((day) => Date.UTC(year, month - 1, day));
  }
}

/** Months since the year 0. */
function monthIndex(time: number): number {
  const date = new Date(time);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}
