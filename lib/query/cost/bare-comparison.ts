import 'server-only';
import type { ScanFilter } from '@/lib/languages/trino-sql/cost/scan-scope.ts';
import { type StatementText, type TextChange, writtenName } from '@/lib/languages/trino-sql/cost/statement-text.ts';
import type { Expression, Select } from '@/lib/languages/trino-sql/syntax.ts';
import type { MeasuredScan, ScanMeter } from './scan-meter';
import type { Rewrite } from './schemas';

const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;

/**
 * `date(dt) = DATE '2024-01-15'` → `dt = '2024-01-15'`: Glue can test the second, so that not every partition of the
 * table is listed. The same partitions only where every value is a day written so, which is looked at.
 */
export async function bareComparison(
  text: StatementText,
  { scan, keys, partitions }: MeasuredScan,
  select: Select,
  meter: ScanMeter,
): Promise<Omit<Rewrite, 'savedBytes'> | undefined> {
  if (!select.where || keys.length === 0) return undefined;
  const wrapped = scan.filters.flatMap((filter) => wrappedKey(filter, keys) ?? []);
  if (wrapped.length === 0) return undefined;
  const [database = '', table = ''] = scan.table.name.split('.');
  const all = await meter.catalog.listPartitions(database, table, undefined);
  const isPlain = wrapped.every(({ index }) => all.every(({ Values = [] }) => ISO_DATE.test(Values[index] ?? '')));
  if (!isPlain || all.length <= partitions.length) return undefined;
  const changes: TextChange[] = [];
  const shown: string[] = [];
  for (const { name, call, literals } of wrapped) {
    const span = text.call(call.at);
    const spans = literals.map(({ at }) => text.typedLiteral(at));
    if (!span || spans.includes(undefined)) return undefined;
    changes.push({ from: span.from, to: span.to, text: writtenName(name) });
    spans.forEach((each, index) => {
      if (each) changes.push({ ...each, text: `'${literals[index]?.value}'` });
    });
    shown.push(writtenName(name));
  }
  return {
    kind: 'bare',
    sql: text.with(...changes),
    subject: text.sql.slice(changes[0]?.from, changes[0]?.to),
    text: shown.join(', '),
  };
}

type Literal = Extract<Expression, { type: 'typed' }>;

function wrappedKey({ term, columnOf }: ScanFilter, keys: MeasuredScan['keys']) {
  const sides = sidesOf(term);
  if (!sides) return undefined;
  const { call, values } = sides;
  const literals = values.filter(isDay);
  const inside = dateOf(call);
  const index = inside
    ? keys.findIndex(({ name, type }) => name === columnOf(inside) && /^(string|varchar)/i.test(type))
    : -1;
  const key = keys[index];
  return key && literals.length === values.length ? { name: key.name, index, call, literals } : undefined;
}

function sidesOf(term: Expression): { call: Expression; values: Expression[] } | undefined {
  if (term.type === 'binary-operation' && /^(=|<>|!=|<|<=|>|>=)$/.test(term.operator))
    return { call: term.left, values: [term.right] };
  if (term.type === 'between') return { call: term.of, values: [term.low, term.high] };
  return term.type === 'in' && term.items ? { call: term.of, values: term.items } : undefined;
}

function isDay(expression: Expression): expression is Literal & Expression {
  return (
    expression.type === 'typed' && expression.name.name.toLowerCase() === 'date' && ISO_DATE.test(expression.value)
  );
}

/** What `date(x)` and `CAST(x AS date)` are of. */
function dateOf(expression: Expression): Expression | undefined {
  if (expression.type === 'cast')
    return expression.to.name.toLowerCase() === 'date' && !expression.isTry ? expression.of : undefined;
  if (expression.type !== 'call' || expression.call.args.length !== 1) return undefined;
  return expression.call.name.map(({ name }) => name.toLowerCase()).join('.') === 'date'
    ? expression.call.args[0]
    : undefined;
}
