import { expect, test } from 'vitest';
import { parseSchedule } from './schedule-expression.ts';

const at = (text: string) => Date.parse(`${text.replace(' ', 'T')}Z`);
const shown = (time: number | undefined) => time && new Date(time).toISOString().slice(0, 16).replace('T', ' ');

/** The next times after Thursday, 15 January 2026, 10:07:30. */
function next(expression: string, count = 3, after = '2026-01-15 10:07:30'): (string | 0 | undefined)[] {
  const schedule = parseSchedule(expression);
  const times = [];
  let time: number | undefined = at(after);
  for (let i = 0; i < count && time !== undefined; i++) {
    time = schedule.next(time);
    times.push(time);
  }
  return times.map(shown);
}

test.each([
  // What AWS's reference has as examples.
  ['cron(0 10 * * ? *)', ['2026-01-16 10:00', '2026-01-17 10:00', '2026-01-18 10:00']],
  ['cron(15 12 * * ? *)', ['2026-01-15 12:15', '2026-01-16 12:15', '2026-01-17 12:15']],
  ['cron(0 18 ? * MON-FRI *)', ['2026-01-15 18:00', '2026-01-16 18:00', '2026-01-19 18:00']],
  ['cron(0 8 1 * ? *)', ['2026-02-01 08:00', '2026-03-01 08:00', '2026-04-01 08:00']],
  ['cron(0/15 * * * ? *)', ['2026-01-15 10:15', '2026-01-15 10:30', '2026-01-15 10:45']],
  ['cron(0/10 * ? * MON-FRI *)', ['2026-01-15 10:10', '2026-01-15 10:20', '2026-01-15 10:30']],
  ['cron(0/5 8-17 ? * MON-FRI *)', ['2026-01-15 10:10', '2026-01-15 10:15', '2026-01-15 10:20']],
  ['cron(0/30 20-2 ? * MON-FRI *)', ['2026-01-15 20:00', '2026-01-15 20:30', '2026-01-15 21:00']],
  ['cron(15 10 ? * 6L 2026-2030)', ['2026-01-30 10:15', '2026-02-27 10:15', '2026-03-27 10:15']],
  // The wildcards one by one.
  ['cron(1/20 * * * ? *)', ['2026-01-15 10:21', '2026-01-15 10:41', '2026-01-15 11:01']],
  ['cron(*/30 * * * ? *)', ['2026-01-15 10:30', '2026-01-15 11:00', '2026-01-15 11:30']],
  ['cron(10-20/5 10 * * ? *)', ['2026-01-15 10:10', '2026-01-15 10:15', '2026-01-15 10:20']],
  ['cron(0 0 L * ? *)', ['2026-01-31 00:00', '2026-02-28 00:00', '2026-03-31 00:00']],
  ['cron(0 0 L-30 * ? *)', ['2026-03-01 00:00', '2026-05-01 00:00', '2026-07-01 00:00']],
  ['cron(0 0 LW * ? *)', ['2026-01-30 00:00', '2026-02-27 00:00', '2026-03-31 00:00']],
  ['cron(0 0 1W * ? *)', ['2026-02-02 00:00', '2026-03-02 00:00', '2026-04-01 00:00']],
  ['cron(0 0 31W * ? *)', ['2026-01-30 00:00', '2026-03-31 00:00', '2026-05-29 00:00']],
  ['cron(0 0 17W 1 ? *)', ['2026-01-16 00:00', '2027-01-18 00:00', '2028-01-17 00:00']],
  ['cron(0 0 31 * ? *)', ['2026-01-31 00:00', '2026-03-31 00:00', '2026-05-31 00:00']],
  ['cron(0 0 ? * 3#2 *)', ['2026-02-10 00:00', '2026-03-10 00:00', '2026-04-14 00:00']],
  ['cron(0 0 ? * fri#5 *)', ['2026-01-30 00:00', '2026-05-29 00:00', '2026-07-31 00:00']],
  ['cron(0 0 ? * FRIL *)', ['2026-01-30 00:00', '2026-02-27 00:00', '2026-03-27 00:00']],
  ['cron(0 0 ? * L *)', ['2026-01-17 00:00', '2026-01-24 00:00', '2026-01-31 00:00']],
  ['cron(0 0 ? * SUN,3 *)', ['2026-01-18 00:00', '2026-01-20 00:00', '2026-01-25 00:00']],
  ['cron(0 0 ? * FRI-SUN *)', ['2026-01-16 00:00', '2026-01-17 00:00', '2026-01-18 00:00']],
  ['cron(0 0 ? NOV-feb 2#1 *)', ['2026-02-02 00:00', '2026-11-02 00:00', '2026-12-07 00:00']],
  ['cron(59 23 29 2 ? *)', ['2028-02-29 23:59', '2032-02-29 23:59', '2036-02-29 23:59']],
  ['cron(0 12 1 1 ? 2027,2029)', ['2027-01-01 12:00', '2029-01-01 12:00', undefined]],
  ['cron(0/5, 10 ? * * *)', ['2026-01-15 10:10', '2026-01-15 10:15', '2026-01-15 10:20']],
  ['cron(0 0 30 2 ? *)', [undefined]],
  ['cron(0 0 1 1 ? 1999)', [undefined]],
])('%s is due at %j', (expression, times) => {
  expect(next(expression, times.length)).toEqual(times);
});

test('a rate counts from the time before', () => {
  expect(next('rate(1 minute)', 2)).toEqual(['2026-01-15 10:08', '2026-01-15 10:09']);
  expect(next('rate(5 hours)', 2)).toEqual(['2026-01-15 15:07', '2026-01-15 20:07']);
  expect(next('rate(1 day)', 1)).toEqual(['2026-01-16 10:07']);
});

test.each([
  ['cron(0 10 * * ? *)', '2026-01-15 10:00', '2026-01-20 09:59', '2026-01-19 10:00'],
  ['cron(0 10 * * ? *)', '2026-01-15 10:00', '2026-01-20 10:00', '2026-01-20 10:00'],
  ['cron(0 10 * * ? *)', '2026-01-15 10:00', '2026-01-16 09:00', undefined],
  ['cron(0 0 29 2 ? *)', '2024-01-01 00:00', '2027-12-31 00:00', '2024-02-29 00:00'],
  ['rate(7 minutes)', '2026-01-15 10:00', '2026-01-15 10:22', '2026-01-15 10:21'],
  ['rate(7 minutes)', '2026-01-15 10:00', '2026-01-15 10:06', undefined],
])('%s, since %s and until %s, was last due at %s', (expression, since, until, last) => {
  expect(shown(parseSchedule(expression).last(at(since), at(until)))).toBe(last);
});

test.each(['cron(7/13 3-5 ? * MON,THU *)', 'cron(0 0 ? * 2#5 *)', 'cron(*/7 * LW * ? *)', 'rate(11 hours)'])(
  '%s was last due when it was next due',
  (expression) => {
    const schedule = parseSchedule(expression);
    let time = at('2025-12-20 00:00');
    for (let i = 0; i < 200; i++) {
      const next = schedule.next(time) ?? 0;
      expect(schedule.last(time, next)).toBe(next);
      expect(schedule.last(time, next - 1)).toBeUndefined();
      time = next;
    }
  },
);

test.each([
  ['', "'' is neither rate(…) nor cron(…)."],
  ['5 * * * *', 'neither rate'],
  ['cron(0 10 * * ? *) ', 'neither rate'],
  ['at(2026-01-01T00:00:00)', 'neither rate'],
  ['rate(5)', 'whole number'],
  ['rate(0 minutes)', 'out of range'],
  ['rate(9007199254740993 minutes)', 'out of range'],
  ['rate(-1 minutes)', 'whole number'],
  ['rate(1.5 hours)', 'whole number'],
  ['rate(30 seconds)', 'whole number'],
  ['rate(1 minutes)', 'the unit of rate(1 minutes) must be minute.'],
  ['rate(5 minute)', 'the unit of rate(5 minute) must be minutes.'],
  ['cron(0 10 * * ?)', 'must have six fields'],
  ['cron(0 0 10 * * ? *)', 'must have six fields'],
  ['cron(0 10 * * * *)', 'exactly one of Day-of-month and Day-of-week must be ?.'],
  ['cron(0 10 ? * ? *)', 'exactly one of'],
  ['cron(0 10 1 * 2 *)', 'exactly one of'],
  ['cron(60 * * * ? *)', "Minutes has '60', which is not between 0 and 59."],
  ['cron(*/60 * * * ? *)', "Minutes has the increment '60', which is not between 1 and 59."],
  ['cron(*/0 * * * ? *)', 'increment'],
  ['cron(1/2/3 * * * ? *)', 'more than one slash'],
  ['cron(1-2-3 * * * ? *)', 'more than one dash'],
  ['cron(, * * * ? *)', 'Minutes is empty.'],
  ['cron(0 24 * * ? *)', 'Hours'],
  ['cron(0 ? * * ? *)', "Hours has '?'"],
  ['cron(0 0 0 * ? *)', 'Day-of-month'],
  ['cron(0 0 32W * ? *)', 'Day-of-month'],
  ['cron(0 0 L-31 * ? *)', 'before every month'],
  ['cron(0 0 1,L * ? *)', "Day-of-month has 'L'"],
  ['cron(0 0 * 13 ? *)', 'Month'],
  ['cron(0 0 * JANUARY ? *)', 'Month'],
  ['cron(0 0 ? * 0 *)', 'Day-of-week'],
  ['cron(0 0 ? * 8 *)', 'Day-of-week'],
  ['cron(0 0 ? * -1 *)', 'Day-of-week'],
  ['cron(0 0 ? * 3#6 *)', 'at most five times'],
  ['cron(0 0 ? * 3#1,6#3 *)', 'Day-of-week'],
  ['cron(0 0 ? * 3W *)', 'Day-of-week'],
  ['cron(0 0 * * ? 1969)', 'Year'],
  ['cron(0 0 * * ? 2200)', 'Year'],
  ['cron(0 0 * * ? 2030-2026)', 'ends before it begins'],
])('%s is refused', (expression, reason) => {
  expect(() => parseSchedule(expression)).toThrow(reason);
});
