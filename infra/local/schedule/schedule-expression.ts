/**
 * AWS's schedule expressions: `rate(5 minutes)` and `cron(0 10 ? * MON-FRI *)`, in UTC.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 */
import { parseCron } from './cron-schedule.ts';
import { parseRate } from './rate-schedule.ts';
import type { Schedule } from './schedule.ts';
import { ScheduleError } from './schedule-error.ts';

/** Throws ScheduleError. */
export function parseSchedule(expression: string): Schedule {
  const [, kind, text = ''] = /^(rate|cron)\((.*)\)$/.exec(expression) ?? [];
  if (kind === 'rate') return parseRate(text);
  if (kind === 'cron') return parseCron(text);
  throw new ScheduleError(`'${expression.slice(0, 100)}' is neither rate(…) nor cron(…).`);
}
