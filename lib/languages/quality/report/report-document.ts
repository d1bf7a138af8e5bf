/** The report in words, in its order: the page and the PDF draw the same blocks. */
import { type QualityFigures, TARGET, type TrendPoint } from '../figures.ts';
import { readMetric } from '../metric-name.ts';
import type { QualityReport } from './report.ts';
import { type ReportFormat, reportFormat } from './report-format.ts';
import { REPORT_TEXTS, type ReportLocale, type ReportTexts } from './report-texts.ts';

export interface Fact {
  label: string;
  value: string;
  note: string;
}

export interface TableColumn {
  label: string;
  isNumber?: boolean;
  /** Against the other columns. */
  width: number;
}

export interface TableRow {
  /** The table that the row is about, which the first cell names. */
  table: string;
  cells: string[];
  /** 0 to 1: drawn as a bar behind the last cell. */
  share?: number;
}

export type ReportBlock =
  | { kind: 'facts'; facts: Fact[] }
  /** `told`: what the chart shows, in words. */
  | { kind: 'trend'; title: string; told: string; points: TrendPoint[] }
  | { kind: 'table'; id: string; title: string; columns: TableColumn[]; rows: TableRow[]; note: string };

export interface ReportDocument {
  locale: ReportLocale;
  title: string;
  period: string;
  made: string;
  blocks: ReportBlock[];
}

interface Voice {
  report: QualityReport;
  texts: ReportTexts;
  format: ReportFormat;
}

/** A page is for reading: what is longer is whole in the CSV. */
const ROWS_MAX = 100;
const MISSING_MAX = 20;

export function reportDocument(report: QualityReport, locale: ReportLocale): ReportDocument {
  const texts = REPORT_TEXTS[locale];
  const format = reportFormat(locale, report.timeZone);
  const voice = { report, texts, format };
  return {
    locale,
    title: texts.title,
    period: texts.period(format.day(report.from), format.day(report.to)),
    made: texts.made(format.time(Date.parse(report.madeAt)), report.timeZone),
    blocks: [
      { kind: 'facts', facts: [...keyFacts(voice), ...dimensionFacts(voice)] },
      { kind: 'trend', title: texts.trend, told: toldTrend(voice), points: report.trend },
      tablesBlock(voice),
      failingBlock(voice),
      anomaliesBlock(voice),
      missingBlock(voice),
    ],
  };
}

function keyFacts({ report, texts, format }: Voice): Fact[] {
  const { score, movement, rules, failing, anomalies, evaluations, verdicts, unreadable, incidents, runs } = report;
  const n = format.number;
  const moved = movement === undefined ? '' : `, ${texts.movement(format.points(movement))}`;
  const facts: Fact[] = [
    {
      label: texts.facts.score,
      value: format.score(score),
      note: score === undefined ? texts.noRules : `${texts.target(n(TARGET * 100))}${moved}`,
    },
    { label: texts.facts.failing, value: n(failing.length), note: texts.ofRules(n(rules)) },
    { label: texts.facts.anomalies, value: n(anomalies.length), note: texts.allReadable },
    missingFact({ report, texts, format }),
    {
      label: texts.facts.evaluations,
      value: n(evaluations),
      note: unreadable > 0 ? texts.unreadable(n(unreadable)) : texts.allReadable,
    },
    {
      label: texts.facts.held,
      value: n(verdicts.held + verdicts.quarantined),
      note: texts.quarantined(n(verdicts.quarantined)),
    },
  ];
  if (incidents) {
    const note = texts.incidents(n(incidents.opened), n(incidents.resolved));
    facts.push({ label: texts.facts.incidents, value: n(incidents.open), note });
  }
  if (runs) {
    const note = texts[runs.isCut ? 'runsCut' : 'runs'](n(runs.failed), n(runs.rejected));
    facts.push({ label: texts.facts.runs, value: n(runs.succeeded), note });
  }
  return facts;
}

function missingFact({ report, texts, format }: Voice): Fact {
  const { part = 0, whole = 0 } = report.dimensions.find(({ dimension }) => dimension === 'completeness') ?? {};
  return {
    label: texts.facts.missing,
    value: whole === 0 ? '–' : format.share((whole - part) / whole),
    note: texts.ofCells(format.number(whole - part), format.number(whole)),
  };
}

function dimensionFacts({ report, texts, format }: Voice): Fact[] {
  return report.dimensions.map(({ dimension, part, whole }) => {
    const counts = [format.number(part), format.number(whole)] as const;
    const said = dimension === 'completeness' ? texts.ofWhole(...counts) : texts.passing(...counts);
    return {
      label: texts.facts[dimension],
      value: whole === 0 ? '–' : format.share(part / whole),
      note: whole === 0 ? texts.noRuleYet : said,
    };
  });
}

type TableBlock = Extract<ReportBlock, { kind: 'table' }>;

/** `rows` as far as they are shown; the note says what is left out, or that there is nothing. */
function tableBlock(
  { texts, format }: Voice,
  { rows, none, max = ROWS_MAX, ...block }: Omit<TableBlock, 'kind' | 'note'> & { none: string; max?: number },
): TableBlock {
  const more = rows.length - max;
  const note = rows.length === 0 ? none : more > 0 ? texts.more(format.number(more)) : '';
  return { kind: 'table', ...block, rows: rows.slice(0, max), note };
}

function tablesBlock(voice: Voice): TableBlock {
  const { report, texts, format } = voice;
  const { columns: c } = texts;
  return tableBlock(voice, {
    id: 'tables',
    title: texts.tables,
    none: texts.never,
    columns: [
      { label: c.table, width: 3 },
      { label: c.score, width: 1, isNumber: true },
      { label: c.change, width: 1.2, isNumber: true },
      { label: c.rules, width: 1.7, isNumber: true },
      { label: c.rows, width: 1.5, isNumber: true },
      { label: c.verdict, width: 2 },
      { label: c.checked, width: 2.4 },
    ],
    rows: report.tables.map(({ table, score, trend, failing, rules, rows, verdict, at }) => ({
      table,
      cells: [
        table,
        format.score(score),
        changeOf(trend, format),
        rules === 0 ? '–' : texts.ofWhole(format.number(failing), format.number(rules)),
        format.number(rows),
        verdict ? texts.verdicts[verdict] : texts.never,
        at === undefined ? '–' : format.time(at),
      ],
    })),
  });
}

function toldTrend({ report: { trend }, texts, format }: Voice): string {
  const scored = trend.flatMap(({ day, score }) => (score === null ? [] : [{ day, score }]));
  const [first, last] = [scored[0], scored.at(-1)];
  if (!first || !last) return texts.noTrend;
  const lowest = scored.reduce((low, point) => (point.score < low.score ? point : low));
  const said = (point: typeof first) => [format.score(point.score), format.day(point.day)] as const;
  return texts.trendTold(said(first), said(last), said(lowest), format.score(TARGET));
}

function changeOf(trend: QualityFigures['trend'], format: ReportFormat): string {
  const scores = trend.flatMap(({ score }) => score ?? []);
  const [first, last] = [scores[0], scores.at(-1)];
  return first === undefined || last === undefined ? '–' : format.points(last - first);
}

function failingBlock(voice: Voice): TableBlock {
  const { report, texts, format } = voice;
  const { columns: c } = texts;
  return tableBlock(voice, {
    id: 'failing',
    title: texts.failingRules,
    none: report.rules === 0 ? texts.noRulesYet : texts.nothingFails,
    columns: [
      { label: c.table, width: 2 },
      { label: c.rule, width: 4 },
      { label: c.gate, width: 1.7 },
      { label: c.result, width: 1.7 },
      { label: c.failingRows, width: 2, isNumber: true },
      { label: c.since, width: 2.2 },
    ],
    rows: report.failing.map(({ table, rule, gate, result, failingRows, checkedRows, since }) => ({
      table,
      cells: [
        table,
        rule,
        texts.gates[gate],
        texts.results[result],
        failingRows === undefined || checkedRows === undefined
          ? format.number(failingRows)
          : texts.ofWhole(format.number(failingRows), format.number(checkedRows)),
        format.time(since),
      ],
    })),
  });
}

function anomaliesBlock(voice: Voice): TableBlock {
  const { report, texts, format } = voice;
  const { columns: c } = texts;
  return tableBlock(voice, {
    id: 'anomalies',
    title: texts.anomalies,
    none: texts.noAnomalies,
    columns: [
      { label: c.table, width: 2 },
      { label: c.metric, width: 3 },
      { label: c.value, width: 1.5, isNumber: true },
      { label: c.expected, width: 2.5, isNumber: true },
      { label: c.at, width: 2.2 },
    ],
    rows: report.anomalies.map(({ table, metric, value, lower, upper, at }) => {
      const expected =
        lower === undefined || upper === undefined ? '–' : texts.between(format.number(lower), format.number(upper));
      return { table, cells: [table, metricText(metric, texts), format.number(value), expected, format.time(at)] };
    }),
  });
}

function metricText(name: string, { metrics }: ReportTexts): string {
  const { column, metric } = readMetric(name);
  const said = metrics[metric] ?? metric;
  return column === undefined ? said : `${said} – ${column}`;
}

function missingBlock(voice: Voice): TableBlock {
  const { report, texts, format } = voice;
  const { columns: c } = texts;
  return tableBlock(voice, {
    id: 'missing',
    title: texts.missing,
    none: texts.nothingMissing,
    max: MISSING_MAX,
    columns: [
      { label: c.table, width: 2 },
      { label: c.column, width: 2 },
      { label: c.missing, width: 2.4, isNumber: true },
      { label: c.share, width: 3, isNumber: true },
    ],
    rows: report.missing.map(({ table, column, missing, rows }) => ({
      table,
      cells: [table, column, texts.ofWhole(format.number(missing), format.number(rows)), format.share(missing / rows)],
      share: missing / rows,
    })),
  });
}
