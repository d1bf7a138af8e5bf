/**
 * The fields of AWS's cron expressions, which are those of Quartz.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cron-expressions.html
 */
import { ScheduleError } from './schedule-error.ts';

interface Field {
  name: string;
  min: number;
  max: number;
  /** What may stand for the numbers from `min` on. */
  names?: string[];
  /** Whether `FRI-MON` goes over the end. */
  isRound?: boolean;
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

export const FIELDS = {
  minutes: { name: 'Minutes', min: 0, max: 59, isRound: true },
  hours: { name: 'Hours', min: 0, max: 23, isRound: true },
  dayOfMonth: { name: 'Day-of-month', min: 1, max: 31, isRound: true },
  month: { name: 'Month', min: 1, max: 12, names: MONTHS, isRound: true },
  dayOfWeek: { name: 'Day-of-week', min: 1, max: 7, names: WEEKDAYS, isRound: true },
  year: { name: 'Year', min: 1970, max: 2199 },
} satisfies Record<string, Field>;

/** The numbers that `1,3-5,10/2` stands for, in order. */
export function parseField(text: string, field: Field): number[] {
  // AWS passes over an empty element, as in `0/5,`.
  const elements = text.split(',').filter((element) => element !== '');
  if (elements.length === 0) throw new ScheduleError(`${field.name} is empty.`);
  const numbers = new Set(elements.flatMap((element) => parseElement(element, field)));
  return [...numbers].toSorted((a, b) => a - b);
}

export function parseNumber(text: string, field: Field): number {
  const named = field.names?.indexOf(text.toUpperCase()) ?? -1;
  const number = named >= 0 ? named + field.min : /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= field.min && number <= field.max) return number;
  throw new ScheduleError(`${field.name} has '${text}', which is not between ${field.min} and ${field.max}.`);
}

function parseElement(element: string, field: Field): number[] {
  const [range = '', stepText, ...more] = element.split('/');
  if (more.length > 0) throw new ScheduleError(`${field.name} has '${element}' with more than one slash.`);
  const step = stepText === undefined ? 1 : parseStep(stepText, field);
  const [first, last] = parseRange(range, field, stepText !== undefined);
  const size = field.max - field.min + 1;
  if (last < first && !field.isRound)
    throw new ScheduleError(`${field.name} has '${range}', which ends before it begins.`);
  const numbers: number[] = [];
  for (let number = first; number <= (last < first ? last + size : last); number += step) {
    numbers.push(number > field.max ? number - size : number);
  }
  return numbers;
}

function parseRange(text: string, field: Field, hasStep: boolean): [first: number, last: number] {
  if (text === '*') return [field.min, field.max];
  const [first = '', last, ...more] = text.split('-');
  if (more.length > 0) throw new ScheduleError(`${field.name} has '${text}' with more than one dash.`);
  const from = parseNumber(first, field);
  if (last !== undefined) return [from, parseNumber(last, field)];
  return [from, hasStep ? field.max : from];
}

function parseStep(text: string, { name, min, max }: Field): number {
  const step = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  const most = min === 0 ? max : max - min + 1;
  if (step >= 1 && step <= most) return step;
  throw new ScheduleError(`${name} has the increment '${text}', which is not between 1 and ${most}.`);
}
