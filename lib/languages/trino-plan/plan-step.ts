export type StepKind =
  | 'output'
  | 'scan'
  | 'filter'
  | 'project'
  | 'join'
  | 'cross'
  | 'semijoin'
  | 'aggregate'
  | 'distinct'
  | 'sort'
  | 'top'
  | 'limit'
  | 'window'
  | 'union'
  | 'exchange'
  | 'values'
  | 'write'
  | 'unnest'
  | 'other';

/** One step of a plan, and those that it takes its rows from. */
export interface PlanStep {
  /** Trino's own name: `ScanFilterProject`. */
  name: string;
  kind: StepKind;
  /** What stands in its brackets: `table`, `filterPredicate`, `keys`, `criteria`, … */
  facts: Record<string, string>;
  details: string[];
  /** Rows it gave, of a plan that was run; else the rows that are expected. */
  rows?: number;
  isEstimate: boolean;
  bytes?: number;
  cpuMs?: number;
  children: PlanStep[];
}

/** https://docs.aws.amazon.com/athena/latest/ug/athena-explain-statement-understanding.html */
const KINDS: [RegExp, StepKind][] = [
  [/^Output/, 'output'],
  [/^(TableScan|Scan)/, 'scan'],
  [/^Filter/, 'filter'],
  [/^Project/, 'project'],
  [/^CrossJoin/, 'cross'],
  [/^SemiJoin/, 'semijoin'],
  [/Join$/, 'join'],
  [/^(Distinct|MarkDistinct)/, 'distinct'],
  [/^Aggregat/, 'aggregate'],
  [/^TopN/, 'top'],
  [/Sort/, 'sort'],
  [/Limit/, 'limit'],
  [/^(Window|RowNumber|TopNRanking)/, 'window'],
  [/^(Union|Except|Intersect)/, 'union'],
  [/(Exchange|Source|Merge)$/, 'exchange'],
  [/^Values/, 'values'],
  [/^(Table(Writer|Commit|Finish))/, 'write'],
  [/^Unnest/, 'unnest'],
];

export function kindOf(name: string): StepKind {
  return KINDS.find(([pattern]) => pattern.test(name))?.[1] ?? 'other';
}

/** `1.48kB`, `3.83s`, `12 rows`: quantities as Trino writes them. */
export function readBytes(text: string | undefined): number | undefined {
  return scaled(text, { B: 1, kB: 1024, MB: 1024 ** 2, GB: 1024 ** 3, TB: 1024 ** 4, PB: 1024 ** 5 });
}

export function readMilliseconds(text: string | undefined): number | undefined {
  return scaled(text, { ns: 1e-6, us: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 });
}

export function readRows(text: string | number | undefined): number | undefined {
  const rows = typeof text === 'number' ? text : Number.parseFloat(text ?? '');
  return Number.isFinite(rows) ? rows : undefined;
}

function scaled(text: string | undefined, units: Record<string, number>): number | undefined {
  const [, amount, unit] = /^\s*([\d.]+)\s*([A-Za-z]+)/.exec(text ?? '') ?? [];
  const size = units[unit ?? ''];
  return amount === undefined || size === undefined ? undefined : Number(amount) * size;
}

/** `[table = a:b:c, filterPredicate = ("x" = 1), keys = [a, b]]`: names and what they are, brackets within kept whole. */
export function readFacts(text: string): Record<string, string> {
  const facts: Record<string, string> = {};
  const inner = /^\[([\s\S]*?)\]?$/.exec(text.trim())?.[1] ?? text.trim();
  for (const part of splitAtCommas(inner)) {
    const [, name, value] = /^(\w+)\s*=\s*([\s\S]*)$/.exec(part.trim()) ?? [];
    if (name && value !== undefined) facts[name] = value;
    else if (part.trim() !== '') facts.of = facts.of === undefined ? part.trim() : `${facts.of}, ${part.trim()}`;
  }
  return facts;
}

function splitAtCommas(text: string): string[] {
  const parts: string[] = [''];
  let depth = 0;
  for (const letter of text) {
    if ('([{'.includes(letter)) depth++;
    if (')]}'.includes(letter)) depth--;
    if (letter === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += letter;
  }
  return parts;
}

/** The table of a scan, as `database.table`: engines write it in two ways. */
export function tableOf({ facts, details }: PlanStep): string | undefined {
  const text = `${facts.table ?? ''} ${facts.of ?? ''}`;
  const [, schema, table] = /schemaName=([^,}]+), tableName=([^,}]+)/.exec(text) ?? [];
  if (schema && table) return `${schema}.${table}`;
  const named = /^\s*"?(?:[\w-]+):([\w$-]+)[.:]([\w$-]+)/.exec(text) ?? undefined;
  if (named) return `${named[1]}.${named[2]}`;
  return details.map((detail) => /^LAYOUT: (\S+)/.exec(detail)?.[1]).find((name) => name !== undefined);
}

/** The columns that a scan reads, and the values that are left of a partition column. */
export function scannedColumns({ details }: PlanStep): {
  columns: string[];
  partitions: { key: string; values: string }[];
} {
  const columns: string[] = [];
  const partitions: { key: string; values: string }[] = [];
  details.forEach((detail, index) => {
    const [, name, kind] = /^\s*(\S+) := .*?(REGULAR|PARTITION_KEY)/.exec(detail) ?? [];
    if (!name) return;
    if (kind === 'REGULAR') columns.push(name);
    const values = /^\s*:: (.*)$/.exec(details[index + 1] ?? '')?.[1];
    if (kind === 'PARTITION_KEY') partitions.push({ key: name, values: values?.replace(/^\[|\]$/g, '') ?? '' });
  });
  return { columns, partitions };
}

/** The step that took longest; of a plan that was not run, none is known to. */
export function costliestStep(root: PlanStep): PlanStep | undefined {
  const all = stepsOf(root).filter((step) => (step.cpuMs ?? 0) > 0);
  return all.reduce<PlanStep | undefined>(
    (most, step) => ((step.cpuMs ?? 0) > (most?.cpuMs ?? 0) ? step : most),
    undefined,
  );
}

export function stepsOf(root: PlanStep): PlanStep[] {
  return [root, ...root.children.flatMap(stepsOf)];
}
