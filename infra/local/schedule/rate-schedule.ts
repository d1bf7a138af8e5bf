import type { Schedule } from './schedule.ts';
import { ScheduleError } from './schedule-error.ts';

const UNIT_MS = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };
type Unit = keyof typeof UNIT_MS;

/**
 * What stands in `rate(…)`: `1 minute`, `5 hours`. It counts from the time it is given, which is the last one or that of
 * its making. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rate-expressions.html
 */
export function parseRate(text: string): Schedule {
  const [, digits = '', unit = '', plural = ''] = /^\s*(\d+)\s+(minute|hour|day)(s?)\s*$/.exec(text) ?? [];
  const value = Number(digits);
  if (!unit) throw new ScheduleError(`rate(${text}) must be a whole number and minutes, hours or days.`);
  if (value < 1 || !Number.isSafeInteger(value * UNIT_MS.day))
    throw new ScheduleError(`rate(${text}) is out of range.`);
  if ((value === 1) !== (plural === '')) {
    throw new ScheduleError(`the unit of rate(${text}) must be ${unit}${value === 1 ? '' : 's'}.`);
  }
  const every = value * UNIT_MS[unit as Unit];
  return {
    next: (after) => after + every,
    last: (after, until) => (until - after < every ? undefined : until - ((until - after) % every)),
  };
}
