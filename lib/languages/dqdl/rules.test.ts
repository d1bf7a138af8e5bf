import { TrinoSQL } from 'dt-sql-parser/dist/parser/trino/index.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { QualityLake } from '../../../infra/local/testing/quality-lake.ts';
import type { RuleOutcome } from '../quality/evaluation.ts';
import { checkStatement } from '../trino-sql/check-statement.ts';
import { failingRows } from './failing-rows.ts';
import { type EvaluationInput, evaluate, type MetricPoint, planEvaluation, retryPlan } from './plan.ts';
import { RULE_TYPES } from './rule-types.ts';

const COLUMNS =
  'id bigint, country string, amount double, price decimal(10,2), day date, at timestamp, email string, digits string, n int, paid boolean';

const GOOD = [
  {
    id: 1,
    country: 'FR',
    amount: 10.5,
    price: '1.10',
    day: '2026-11-25',
    at: '2026-11-26 11:00:00',
    email: 'a@b.fr',
    digits: '1',
    n: 1,
    paid: true,
  },
  {
    id: 2,
    country: 'DE',
    amount: 20,
    price: '2.20',
    day: '2026-11-24',
    at: '2026-11-26 10:00:00',
    email: 'c@d.de',
    digits: '22',
    n: 2,
    paid: false,
  },
  {
    id: 3,
    country: 'FR',
    amount: 30,
    price: '3.30',
    day: '2026-11-23',
    at: '2026-11-26 09:30:00',
    email: 'e@f.fr',
    digits: '33',
    n: 3,
    paid: true,
  },
  {
    id: 4,
    country: 'IT',
    amount: 40,
    price: '4.40',
    day: '2026-11-26',
    at: '2026-11-26 11:59:00',
    email: 'g@h.it',
    digits: '44',
    n: 4,
    paid: true,
  },
];

const BAD = [
  {
    id: 1,
    country: 'FR',
    amount: -5,
    price: '1.10',
    day: '2019-01-01',
    at: '2026-11-20 11:00:00',
    email: 'nobody',
    digits: 'x',
    n: 9,
    paid: true,
  },
  {
    id: 1,
    country: 'fr',
    amount: 1000,
    price: '99.00',
    day: '2026-11-24',
    at: '2026-11-26 10:00:00',
    email: '',
    digits: '22',
    n: 9,
    paid: true,
  },
  {
    id: null,
    country: null,
    amount: null,
    price: null,
    day: null,
    at: null,
    email: '   ',
    digits: null,
    n: null,
    paid: null,
  },
];

/** Each passes on the good rows and fails on the bad ones; with how many bad rows break it, where that is told. */
const RULES: [rule: string, failing?: number][] = [
  ['AggregateMatch "sum(amount)" "sum(shop.countries.total)" = 1.0'],
  ['AggregateMatch "avg(amount)" "avg(countries.total)" = 1.0'],
  ['ColumnCorrelation "id" "amount" > 0.9'],
  ['ColumnDataType "digits" = "Integer"', 1],
  ['ColumnDataType "digits" in ["Integer", "Date"] with threshold > 0.7', 1],
  ['ColumnLength "country" = 2', 1],
  ['ColumnLength "email" between 4 and 100', 2],
  ['ColumnValues "country" in ["FR", "DE", "IT"]', 2],
  ['ColumnValues "country" not in ["fr", NULL]', 2],
  ['ColumnValues "country" in ["fr", "de", "it"] with ignoreCase = "true"', 1],
  ['ColumnValues "country" matches "[A-Z]{2}"', 2],
  ['ColumnValues "country" != NULL', 1],
  ['ColumnValues "email" matches ".+@.+"', 3],
  ['ColumnValues "email" != EMPTY', 1],
  ['ColumnValues "email" not in [EMPTY, WHITESPACES_ONLY]', 2],
  ['ColumnValues "amount" > 0', 2],
  ['ColumnValues "amount" between 10 and 41', 3],
  ['ColumnValues "amount" > 0 where "amount is not null"', 1],
  ['ColumnValues "amount" != 1000 with threshold > 0.9', 1],
  ['ColumnValues "price" < 4.5', 2],
  ['ColumnValues "n" in ["1", "2", "3", "4"]', 3],
  ['ColumnValues "n" not in [9]', 2],
  ['ColumnValues "paid" in ["true", "false"]', 1],
  ['ColumnValues "day" > "2020-01-01"', 2],
  ['ColumnValues "day" between "2026-11-22" and now()', 2],
  ['ColumnValues "at" > (now() - 3 days)', 2],
  ['ColumnValues "at" between "9:00 AM" and "12:30"', 2],
  ['Completeness "country" > 0.9', 1],
  ['CustomSql "select count(*) from primary where amount < 0" = 0'],
  ['CustomSql "with x as (select * from primary) select max(id) from x" = 4'],
  ['CustomSql "select id from primary where amount > 0"', 2],
  ['CustomSql "select id from primary where amount > 0" with threshold > 0.9', 2],
  ['DataFreshness "at" <= 24 hours', 2],
  ['DataFreshness "day" < 5 days', 2],
  ['DatasetMatch "countries" "country->code" "id" >= 0.5', 2],
  ['DetectAnomalies "RowCount"'],
  ['DetectAnomalies "Mean" "amount"'],
  ['DistinctValuesCount "country" = 3'],
  ['Entropy "country" > 1'],
  ['IsComplete "country"', 1],
  ['IsComplete "amount" where "id = 1 or id is null"', 1],
  ['IsPrimaryKey "id"', 3],
  ['IsPrimaryKey "id" "country"', 1],
  ['IsUnique "id"', 2],
  ['IsUnique "n" "paid"', 2],
  ['Mean "amount" between 20 and 30'],
  ['ReferentialIntegrity "country" "shop.countries.code" = 1.0', 2],
  ['ReferentialIntegrity "country,id" "countries.{code,id}" >= 0.5', 2],
  ['RowCount = 4'],
  ['RowCount > (0.8 * avg(last(5)))'],
  ['RowCount >= 2 where "n < 9"'],
  ['RowCountMatch "countries" = 1.0'],
  ['StandardDeviation "amount" < 20'],
  ['Sum "amount" between 100 and 101'],
  ['Uniqueness "id" = 1.0'],
  ['Uniqueness "id" "country" > 0.99 where "n < 9"'],
  ['UniqueValueRatio "n" = 1.0'],
  ['Variance "price" < 2'],
  ['(IsComplete "country") and (RowCount > 3)'],
  ['(RowCount > 3) or (IsComplete "country")'],
];

/** About the table's columns: these are the same for good and bad rows, so that each has its own wrong. */
const OF_COLUMNS: [right: string, wrong: string, code: string][] = [
  ['ColumnCount = 10', 'ColumnCount < 10', 'notMet'],
  ['ColumnExists "Email"', 'ColumnExists "phone"', 'unknownColumn'],
  ['ColumnNamesMatchPattern "[a-z]+"', 'ColumnNamesMatchPattern "[a-m]+"', 'namesDoNotMatch'],
  ['SchemaMatch "twin" = 1.0', 'SchemaMatch "shop.countries" > 0.5', 'schemaDiffers'],
];

/** What cannot be told is an error, never a pass. */
const ERRORS: [string, string][] = [
  ['IsComplete "phone"', 'unknownColumn'],
  ['Mean "country" > 1', 'notNumeric'],
  ['IsComplete "id" where "id ="', 'invalidSql'],
  ['IsComplete "id" where "id = 1) or (1 = 1"', 'invalidSql'],
  ['IsComplete "id" where "nope = 1"', 'unknownColumn'],
  ['RowCountMatch "countries" = 1.0 where "id = 1"', 'noWhere'],
  ['RowCountMatch "a.b.c" = 1.0', 'invalidReference'],
  ['RowCountMatch "nowhere" = 1.0', 'statementFailed'],
  ['ReferentialIntegrity "country,id" "countries.code" = 1.0', 'unevenColumns'],
  ['ReferentialIntegrity "country" "countries.nope" = 1.0', 'statementFailed'],
  ['CustomSql "drop table good" = 1', 'notAQuery'],
  ['CustomSql "select id from primary" = 1', 'notOneValue'],
  ['CustomSql "select country from primary limit 1" = 1', 'notANumberAnswer'],
  ['CustomSql "select nope from primary" = 1', 'statementFailed'],
  ['ColumnDataType "digits" = "Money"', 'unknownType'],
  ['ColumnNamesMatchPattern "["', 'invalidPattern'],
  ['ColumnValues "day" > "2026-13-45"', 'notADate'],
  ['FileMatch in ["3ee0d8617ac041793154713e5ef8f319"]', 'checksumsUnseen'],
  ['FileSize "s3://elsewhere/" > 1 B', 'filesUnseen'],
  ['FileFreshness > "9:30 AM" with timeZone = "Nowhere/Land"', 'unknownTimeZone'],
  ['DetectAnomalies "ColumnExists" "id"', 'noMetric'],
  ['RowCount > nothing(last(3))', 'unknownFunction'],
  ['RowCount > last(3)', 'listWhereNumber'],
  ['RowCount > 1 / 0', 'divisionByZero'],
  ['AggregateMatch "median(amount)" "sum(amount)" = 1.0', 'invalidAggregate'],
];

/** About the table's files: the table where it holds, and the table where it does not. */
const OF_FILES: [right: [table: string, rule: string], wrong: [table: string, rule: string], code: string][] = [
  [['split', 'FileUniqueness = 1.0'], ['twice', 'FileUniqueness = 1.0'], 'sameFiles'],
  [
    ['twice', 'FileMatch "s3://lake/twice/a" "s3://lake/twice/b"'],
    ['split', 'FileMatch "s3://lake/split/a" "s3://lake/split/b"'],
    'filesDiffer',
  ],
  [['split', 'FileSize between 100 B and 1 KB'], ['split', 'FileSize > 1 MB'], 'files'],
  [['split', 'FileSize "s3://lake/split/a" < 1 KB'], ['split', 'FileSize < 1 B with threshold > 0.5'], 'files'],
  [
    ['split', 'FileFreshness > "2020-01-01"'],
    ['split', 'FileFreshness between "2020-01-01" and "2020-01-02"'],
    'files',
  ],
  [
    ['split', 'FileFreshness > "2020-01-01" with uriRegex = "a\\.json$" with recentFiles = 1'],
    ['split', 'FileFreshness > "2990-01-01" with recentFiles = 1'],
    'files',
  ],
];

/** Fourteen days as good as the good rows. */
const HISTORY: MetricPoint[] = Array.from({ length: 14 }, (_, day) => ({
  at: `2026-11-${String(day + 10).padStart(2, '0')}T12:00:00Z`,
  metrics: { 'Dataset.*.RowCount': 4, 'Column.amount.Mean': 25.125 },
}));

let lake: QualityLake;
const sql = new Set<string>();

beforeAll(async () => {
  lake = await QualityLake.start();
  const tables = {
    good: { 'a.json': GOOD },
    bad: { 'a.json': BAD },
    twin: { 'a.json': GOOD },
    split: { 'a.json': GOOD.slice(0, 2), 'b.json': GOOD.slice(2) },
    twice: { 'a.json': GOOD.slice(0, 2), 'b.json': GOOD.slice(0, 2).toReversed() },
    staged: { 'new.json': [...BAD, ...GOOD] },
    none: { 'a.json': [] },
  };
  for (const [name, files] of Object.entries(tables)) await lake.table(name, COLUMNS, files);
  await lake.table('countries', 'code string, total double, id bigint', {
    'a.json': [
      { code: 'FR', total: 60.5, id: 1 },
      { code: 'DE', total: 20, id: 2 },
      { code: 'IT', total: 10, id: 9 },
      { code: 'ES', total: 10, id: 9 },
    ],
  });
});

afterAll(() => lake?.close());

async function outcomesOf(table: string, rules: string[], more: Partial<EvaluationInput> = {}) {
  const input = lake.input(table, `Rules = [ ${rules.join(',\n')} ]`, { history: HISTORY, ...more });
  for (const statement of planEvaluation(input).statements) sql.add(statement.sql);
  const { rulesets } = await lake.evaluate(input);
  return rulesets[0]?.outcomes ?? [];
}

const briefly = ({ rule, result, message, code }: RuleOutcome) => ({ rule, result, message, code });

describe('rules', () => {
  it('pass on right rows', async () => {
    const outcomes = await outcomesOf(
      'good',
      RULES.map(([rule]) => rule),
    );
    expect(outcomes).toHaveLength(RULES.length);
    expect(outcomes.filter(({ result }) => result !== 'PASS').map(briefly)).toEqual([]);
    expect(outcomes.filter(({ failingRows: rows }) => rows !== undefined && rows > 2)).toEqual([]);
  });

  it('fail on wrong rows, and tell how many', async () => {
    const outcomes = await outcomesOf(
      'bad',
      RULES.map(([rule]) => rule),
    );
    expect(outcomes.filter(({ result }) => result !== 'FAIL').map(briefly)).toEqual([]);
    expect(outcomes.filter(({ message, code }) => !message || !code)).toEqual([]);
    const told = outcomes.map(({ failingRows: rows }, index) => [RULES[index]?.[0], rows]);
    expect(told.filter(([, rows]) => rows !== undefined)).toEqual(RULES.filter(([, rows]) => rows !== undefined));
  });

  it('give the very rows that break them', async () => {
    const columns = lake.columns.get('bad') ?? [];
    const now = new Date('2026-11-26T12:00:00Z');
    const told = RULES.filter(([, rows]) => rows !== undefined);
    const found = told.map(([rule]) => failingRows(rule, columns, { database: 'shop', table: 'bad' }, now)?.sql ?? '');
    for (const text of found) sql.add(text);
    const counts = found.map((text, index) => `SELECT ${index} AS "rule", count(*) AS "rows" FROM (${text})`);
    const rows = await lake.session.rows(`${counts.join(' UNION ALL ')} ORDER BY "rule"`);
    expect(rows.map(([index, count]) => [told[Number(index)]?.[0], Number(count)])).toEqual(told);
    const [shown] = await lake.session.rows(
      found[told.findIndex(([rule]) => rule === 'ColumnLength "country" = 2')] ?? '',
    );
    expect(shown?.slice(-4)).toEqual(['   ', undefined, undefined, undefined]);
  });

  it('about columns are judged without looking at rows', async () => {
    const right = await outcomesOf(
      'good',
      OF_COLUMNS.map(([rule]) => rule),
    );
    expect(right.filter(({ result }) => result !== 'PASS').map(briefly)).toEqual([]);
    const wrong = await outcomesOf(
      'good',
      OF_COLUMNS.map(([, rule]) => rule),
    );
    expect(wrong.map(({ result, code }) => [result, code])).toEqual(OF_COLUMNS.map(([, , code]) => ['FAIL', code]));
  });

  it('about files are judged by what the table reads', async () => {
    const tables = ['split', 'twice'];
    for (const table of tables) {
      const right = OF_FILES.flatMap(([[name, rule]]) => (name === table ? [rule] : []));
      const wrong = OF_FILES.flatMap(([, [name, rule], code]) => (name === table ? [{ rule, code }] : []));
      const outcomes = await outcomesOf(table, [...right, ...wrong.map(({ rule }) => rule)]);
      const expected = [...right.map(() => ['PASS', undefined]), ...wrong.map(({ code }) => ['FAIL', code])];
      expect(outcomes.map(({ result, code }) => [result, code])).toEqual(expected);
    }
  });

  it('that cannot be told are errors, and do not disturb the others', async () => {
    const outcomes = await outcomesOf('good', [...ERRORS.map(([rule]) => rule), 'RowCount = 4', 'IsUnique "id"']);
    const told = outcomes.slice(0, -2).map(({ rule, result, code }) => [rule, result, code]);
    expect(told).toEqual(ERRORS.map(([rule, code]) => [rule, 'ERROR', code]));
    expect(outcomes.slice(-2).map(({ result }) => result)).toEqual(['PASS', 'PASS']);
  });

  it('whose own SQL makes the common statement fail are told apart by a second plan', async () => {
    const rules = [
      'IsComplete "id" where "country > 5"',
      'ColumnValues "country" matches "[A-Z"',
      'IsUnique "id" where "day = 5"',
      'AggregateMatch "sum(amount)" "sum(countries.nope)" = 1',
      'RowCount = 4',
      'IsUnique "id"',
      'RowCountMatch "countries" = 1',
      'IsComplete "id" where "id > 1"',
      'IsUnique "id" where "id > 1"',
    ];
    const plan = planEvaluation(lake.input('good', `Rules = [ ${rules.join()} ]`));
    const answersOf = async ({ statements }: typeof plan) =>
      Object.fromEntries(await Promise.all(statements.map(async ({ id, sql: text }) => [id, await lake.answer(text)])));
    const answers = await answersOf(plan);
    const again = retryPlan(plan, answers) ?? plan;
    const { rulesets } = evaluate(again, await answersOf(again));
    expect(rulesets[0]?.outcomes.map(({ result }) => result)).toEqual([
      ...['ERROR', 'ERROR', 'ERROR', 'ERROR'],
      ...['PASS', 'PASS', 'PASS', 'PASS', 'PASS'],
    ]);
    expect(retryPlan(again, answers)).toBeUndefined();
    const right = Object.fromEntries(plan.statements.map(({ id }) => [id, { columns: [], rows: [] }]));
    expect(retryPlan(plan, right)).toBeUndefined();
  });

  it('of every type have been seen to pass and to fail', () => {
    const seen = [...RULES.map(([rule]) => rule), ...OF_COLUMNS.flat(), ...OF_FILES.flat(2)].join('\n');
    const missing = RULE_TYPES.filter(({ name, isRule }) => isRule && !seen.includes(`${name} `));
    expect(missing).toEqual([]);
  });

  it('fail on a table without rows, which nobody has looked at', async () => {
    const outcomes = await outcomesOf('none', [
      'IsComplete "id"',
      'ColumnValues "n" > 1',
      'IsUnique "id"',
      'Mean "n" > 1',
      'RowCount = 0',
    ]);
    expect(outcomes.map(({ result, code }) => [result, code])).toEqual([
      ['FAIL', 'noRows'],
      ['FAIL', 'noRows'],
      ['FAIL', 'noRows'],
      ['FAIL', 'noValue'],
      ['PASS', undefined],
    ]);
  });
});

describe('staged rows', () => {
  it('stand in the place of the files that they replace', async () => {
    const relation = {
      database: 'shop',
      table: 'split',
      staged: { database: 'shop', table: 'staged', replaces: 'split/a' },
    };
    // Only a folder is replaced: `split/a.json` is not below `split/a/`.
    const beside = await outcomesOf('split', ['RowCount = 11'], { relation });
    expect(beside.map(briefly)).toMatchObject([{ result: 'PASS' }]);
    const instead = { ...relation, staged: { ...relation.staged, replaces: 'split' } };
    const rules = [
      'RowCount = 7',
      'IsUnique "n"',
      'CustomSql "select count(*) from primary" = 7',
      'FileSize > 1 B',
      'ReferentialIntegrity "country" "countries.code" >= 0.7',
    ];
    const outcomes = await outcomesOf('split', rules, { relation: instead });
    expect(outcomes.map(({ result }) => result)).toEqual(['PASS', 'FAIL', 'PASS', 'PASS', 'PASS']);
    const found = failingRows('IsUnique "n"', lake.columns.get('split') ?? [], instead);
    expect(await lake.session.rows(found?.sql ?? '')).toHaveLength(2);
    sql.add(found?.sql ?? '');
  });
});

describe('composite rules', () => {
  const either = '(ColumnValues "country" = "FR") or (ColumnValues "amount" > 15)';

  it('are judged for the table as a whole, and row by row if that is asked for', async () => {
    const [whole] = await outcomesOf('good', [either]);
    expect(whole).toMatchObject({ result: 'FAIL' });
    const [byRow] = await outcomesOf('good', [either], { compositeRules: 'ROW' });
    expect(byRow).toMatchObject({ result: 'PASS', failingRows: 0, checkedRows: 4 });
  });

  it('take an error for what did not pass', async () => {
    const outcomes = await outcomesOf('good', [
      '(IsComplete "nope") or (RowCount = 4)',
      '(IsComplete "nope") and (RowCount = 4)',
      '(IsComplete "nope") and (RowCount = 5)',
    ]);
    expect(outcomes.map(({ result }) => result)).toEqual(['PASS', 'ERROR', 'FAIL']);
  });
});

describe('the SQL', () => {
  it('is Trino, says the parser of Trino here', () => {
    const refused = [...sql].flatMap((text) => checkStatement(text)?.message ?? []);
    expect(sql.size).toBeGreaterThan(50);
    expect(refused).toEqual([]);
  });

  it('is Trino, says a parser of others', () => {
    const trino = new TrinoSQL();
    // Athena's own statement, which is Hive's.
    const queries = [...sql].filter((text) => !text.startsWith('DESCRIBE'));
    const refused = queries.flatMap((text) => trino.validate(text).map(({ message }) => [text, message]));
    expect(refused).toEqual([]);
  });
});
