/** What an evaluation says is wrong: pure, so that the rules of incidents can be read in one place. */
import type { QualityEvaluation } from '../evaluation.ts';

export type CauseKind = 'held' | 'rule' | 'anomaly';

export interface Cause {
  kind: CauseKind;
  /** The file's key, the rule as DQDL prints it, or the metric. */
  subject: string;
  /** What there is to say of it. */
  facts: Facts;
}

export interface Facts {
  message?: string;
  code?: string;
  values?: Record<string, string | number>;
  failingRows?: number;
  checkedRows?: number;
  /** Rules that held a file. */
  rules?: string[];
  /** Where the file is. */
  bucket?: string;
  value?: number;
  lower?: number;
  upper?: number;
  points?: number;
  changes?: { column: string; before?: string | undefined; after?: string | undefined }[];
}

type Told = Pick<QualityEvaluation, 'verdict' | 'rulesets' | 'anomalies' | 'source'>;

/** The rows of such an evaluation are not in the table: it tells of the file, and nothing of the table. */
export function isOfFile({ verdict }: Pick<QualityEvaluation, 'verdict'>): boolean {
  return verdict === 'held' || verdict === 'quarantined';
}

export function causesOf(record: Told, quarantineBucket?: string): Cause[] {
  if (isOfFile(record)) return heldFile(record, quarantineBucket);
  const rules = failing(record).map(({ rule, message, code, values, failingRows, checkedRows }): Cause => {
    const facts = { message, code, values, failingRows, checkedRows };
    return { kind: 'rule', subject: rule, facts: defined(facts) };
  });
  const anomalies = record.anomalies.map(({ metric, value, lower, upper, points, changes }): Cause => {
    return { kind: 'anomaly', subject: metric, facts: defined({ value, lower, upper, points, changes }) };
  });
  // Two rulesets may hold the same rule.
  return [...new Map([...rules, ...anomalies].map((cause) => [`${cause.kind} ${cause.subject}`, cause])).values()];
}

function heldFile(record: Told, quarantineBucket: string | undefined): Cause[] {
  if (!record.source) return [];
  const broken = failing(record, ({ gate }) => gate !== 'warn');
  const bucket = record.verdict === 'quarantined' ? quarantineBucket : record.source.bucket;
  return [
    {
      kind: 'held',
      subject: record.source.key,
      facts: defined({
        bucket,
        rules: broken.map(({ rule }) => rule),
        failingRows: Math.max(0, ...broken.map(({ failingRows = 0 }) => failingRows)),
      }),
    },
  ];
}

function failing({ rulesets }: Told, isMeant: (ruleset: Told['rulesets'][number]) => boolean = () => true) {
  return rulesets.filter(isMeant).flatMap(({ outcomes }) => outcomes.filter(({ result }) => result !== 'PASS'));
}

function defined<T extends object>(facts: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as never;
}
