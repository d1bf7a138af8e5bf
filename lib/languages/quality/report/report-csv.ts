import { csvLine } from '../../csv/csv-line.ts';
import type { QualityReport } from './report.ts';

/** One line for each figure, so that a spreadsheet can filter; the names are the same in every language. */
const HEADER = ['section', 'table', 'subject', 'measure', 'value', 'of', 'lower', 'upper', 'at'] as const;
type Line = Partial<Record<(typeof HEADER)[number], string | number | undefined>>;

export function reportCsv(report: QualityReport): string {
  const lines = [...summary(report), ...trend(report), ...tables(report), ...findings(report)];
  const cells = lines.map((line) => HEADER.map((name) => (line[name] === undefined ? null : String(line[name]))));
  return [csvLine([...HEADER]), ...cells.map(csvLine)].join('');
}

function summary(report: QualityReport): Line[] {
  const { score, movement, failing, rules, anomalies, evaluations, verdicts, unreadable, incidents, runs } = report;
  const figures: [measure: string, value: number | undefined, of?: number][] = [
    ['score', score],
    ['score_change', movement],
    ['failing_rules', failing.length, rules],
    ['anomalies', anomalies.length],
    ['evaluations', evaluations],
    ['unreadable_records', unreadable],
    ...Object.entries(verdicts).map(([verdict, count]): [string, number] => [`evaluations_${verdict}`, count]),
    ...report.dimensions.map(({ dimension, part, whole }): [string, number, number] => [dimension, part, whole]),
    ...Object.entries(incidents ?? {}).map(([state, count]): [string, number] => [`incidents_${state}`, count]),
  ];
  if (runs)
    for (const state of ['succeeded', 'failed', 'rejected'] as const) figures.push([`runs_${state}`, runs[state]]);
  const period: Line = { section: 'period', subject: report.timeZone, measure: 'from_to', lower: report.from };
  return [
    { ...period, upper: report.to, at: report.madeAt },
    ...figures.map(([measure, value, of]): Line => ({ section: 'summary', measure, value, of })),
  ];
}

function trend({ trend: points }: QualityReport): Line[] {
  return points.map(({ day, score }) => ({ section: 'trend', measure: 'score', value: score ?? undefined, at: day }));
}

function tables({ tables: each }: QualityReport): Line[] {
  return each.flatMap(({ table, score, failing, rules, rows, verdict, at }): Line[] => {
    const line = { section: 'table', table, at: isoOf(at) };
    return [
      { ...line, subject: verdict, measure: 'score', value: score },
      { ...line, measure: 'failing_rules', value: failing, of: rules },
      { ...line, measure: 'rows', value: rows },
    ];
  });
}

function findings({ failing, anomalies, missing }: QualityReport): Line[] {
  return [
    ...failing.map(({ table, rule, result, failingRows, checkedRows, since }): Line => {
      const counts = { value: failingRows, of: checkedRows, at: isoOf(since) };
      return { section: 'failing_rule', table, subject: rule, measure: result, ...counts };
    }),
    ...anomalies.map(({ table, metric, value, lower, upper, at }): Line => {
      return { section: 'anomaly', table, subject: metric, measure: 'value', value, lower, upper, at: isoOf(at) };
    }),
    ...missing.map(({ table, column, missing: empty, rows }): Line => {
      return { section: 'missing', table, subject: column, measure: 'empty_cells', value: empty, of: rows };
    }),
  ];
}

function isoOf(at: number | undefined): string | undefined {
  return at === undefined ? undefined : new Date(at).toISOString();
}
