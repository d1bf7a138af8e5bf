import type { ReportLocale } from './report-texts.ts';

const NOTHING = '–';

export interface ReportFormat {
  number(value: number | undefined): string;
  /** `value` from 0 to 1. Never a round 0% or 100% of what is not quite so. */
  share(value: number): string;
  /** `value` from 0 to 1, said out of 100. */
  score(value: number | null | undefined): string;
  points(value: number): string;
  day(day: string): string;
  time(at: number): string;
}

/** How figures are written in a language; times are those of a zone. British dates in English. */
export function reportFormat(locale: ReportLocale, timeZone: string): ReportFormat {
  const tag = locale === 'en' ? 'en-GB' : 'fr-FR';
  const whole = new Intl.NumberFormat(tag, { maximumFractionDigits: 3 });
  const one = new Intl.NumberFormat(tag, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const signed = new Intl.NumberFormat(tag, { maximumFractionDigits: 1, signDisplay: 'exceptZero' });
  const percent = new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 1 });
  const date = new Intl.DateTimeFormat(tag, { timeZone: 'UTC', day: 'numeric', month: 'short', year: 'numeric' });
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const time = new Intl.DateTimeFormat(tag, { timeZone, day: 'numeric', month: 'short', year: 'numeric', ...clock });
  return {
    number: (value) => (value === undefined ? NOTHING : whole.format(value)),
    share: (value) => percent.format(value > 0 && value < 1 ? Math.min(0.999, Math.max(0.001, value)) : value),
    score: (value) => (value == null ? NOTHING : one.format(value * 100)),
    points: (value) => signed.format(value * 100),
    day: (day) => date.format(new Date(day)),
    time: (at) => time.format(at),
  };
}
