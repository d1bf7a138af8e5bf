import { describe, expect, it } from 'vitest';
import { type EvaluationInput, evaluate, type MetricPoint, planEvaluation, type StatementAnswer } from './plan.ts';

const COLUMNS = [
  { name: 'id', type: 'bigint' },
  { name: 'country', type: 'string' },
  { name: 'amount', type: 'double' },
];

function input(text: string, more: Partial<EvaluationInput> = {}): EvaluationInput {
  return {
    rulesets: [{ name: 'r', gate: 'block', text }],
    columns: COLUMNS,
    relation: { database: 'shop', table: 'sales' },
    database: 'shop',
    history: [],
    now: new Date('2026-11-26T12:00:00Z'),
    ...more,
  };
}

const rowCounts = (...values: number[]): MetricPoint[] =>
  values.map((value, day) => ({ at: `2026-11-0${day + 1}T00:00:00Z`, metrics: { 'Dataset.*.RowCount': value } }));

/** The answer to a scan that measures rows, the three columns and their two means, and nothing else. */
const scanned = (rows: number): StatementAnswer => ({
  columns: [],
  rows: [[rows, rows, rows, rows, 1, 1].map(String)],
});

const resultOf = (condition: string, rows: number, history: MetricPoint[]) => {
  const plan = planEvaluation(input(`Rules = [ RowCount ${condition} ]`, { history }));
  return evaluate(plan, { scan: scanned(rows) }).rulesets[0]?.outcomes[0];
};

describe('a plan', () => {
  it('scans the table once for all rules of all rulesets', () => {
    const rules = [
      'RowCount > 1',
      'IsComplete "id"',
      'Mean "amount" > 1',
      'ColumnValues "country" in ["FR"]',
      'DistinctValuesCount "country" > 1',
    ];
    const rulesets = [rules, rules.toReversed()].map((list, index) => ({
      name: `r${index}`,
      gate: 'warn' as const,
      text: `Rules = [ ${list.join()} ]`,
    }));
    const { statements } = planEvaluation(input('', { rulesets }));
    expect(statements.map(({ id }) => id)).toEqual(['scan']);
    expect(statements[0]?.sql.match(/FROM/g)).toHaveLength(1);
    expect(statements[0]?.sql.match(/count_if/g)).toHaveLength(1);
  });

  it('groups once for all that a set of columns is asked, in one statement for all sets', () => {
    const { statements } = planEvaluation(
      input(
        'Rules = [ IsUnique "id", IsPrimaryKey "id", Uniqueness "id" > 0, UniqueValueRatio "id" > 0, Entropy "id" > 0, DistinctValuesCount "id" > 0, IsUnique "country" "id" ]',
      ),
    );
    expect(statements.map(({ id }) => id)).toEqual(['scan', 'groups']);
    expect(statements[1]?.sql.match(/GROUP BY/g)).toHaveLength(2);
  });

  it('reads another table once, and runs equal statements once', () => {
    const { statements } = planEvaluation(
      input(`Rules = [ RowCountMatch "other" = 1, AggregateMatch "sum(amount)" "sum(shop.other.total)" = 1,
        CustomSql "select 1" = 1, CustomSql "select 1" < 2 ]`),
    );
    expect(statements.map(({ id }) => id)).toEqual(['scan', 'reference-0', 'own-0']);
  });

  it('measures rows and missing values without any rule', () => {
    const plan = planEvaluation(input('', { rulesets: [] }));
    const { metrics, rulesets } = evaluate(plan, { scan: { columns: [], rows: [['4', '4', '2', '0', '2.5', null]] } });
    expect(rulesets).toEqual([]);
    expect(metrics).toEqual({
      'Dataset.*.RowCount': 4,
      'Column.id.Completeness': 1,
      'Column.country.Completeness': 0.5,
      'Column.amount.Completeness': 0,
      'Column.id.Mean': 2.5,
    });
  });

  it('measures what analyzers ask for', () => {
    const plan = planEvaluation(input('Analyzers = [ DistinctValuesCount "country", ColumnValues "amount" ]'));
    const { metrics } = evaluate(plan, {
      scan: { columns: [], rows: [['4', '4', '4', '4', '1', '1', '9', '2', '3']] },
    });
    expect(metrics).toMatchObject({
      'Column.country.DistinctValuesCount': 3,
      'Column.amount.Maximum': 9,
      'Column.amount.Minimum': 2,
    });
  });
});

describe('dynamic rules', () => {
  const past = rowCounts(100, 200, 300, 400);

  it.each([
    ['> avg(last(2))', 351, 'PASS'],
    ['> avg(last(2))', 350, 'FAIL'],
    ['= last(1)', 400, 'PASS'],
    ['= index(last(4), 0)', 400, 'PASS'],
    ['= index(last(4), 3)', 100, 'PASS'],
    ['between min(last(4)) - 1 and max(last(4)) + 1', 100, 'PASS'],
    ['between min(last(4)) and max(last(4))', 400, 'FAIL'],
    ['= median(last(3))', 300, 'PASS'],
    ['= percentile(last(3), 50)', 300, 'PASS'],
    ['= sum(last(4)) / 2', 500, 'PASS'],
    ['< (avg(last(4)) + 2 * std(last(4)))', 473, 'PASS'],
    ['< (avg(last(4)) + 2 * std(last(4)))', 474, 'FAIL'],
    ['= abs(-7)', 7, 'PASS'],
    ['in [1, max(last(4))]', 400, 'PASS'],
    ['not in [1, max(last(4))]', 400, 'FAIL'],
  ])('%s with %d rows is %s', (condition, rows, result) => {
    expect(resultOf(condition, rows, past)).toMatchObject({ result });
  });

  it('learn while there is less history than they ask for', () => {
    expect(resultOf('> avg(last(10))', 100, past)).toMatchObject({
      result: 'FAIL',
      learning: { points: 4, needed: 10 },
    });
    expect(resultOf('> avg(last(4))', 300, past)?.learning).toBeUndefined();
    const first = resultOf('> avg(last(10))', 100, []);
    expect(first).toMatchObject({ result: 'PASS', code: 'learning', learning: { points: 0, needed: 10 } });
    expect(first?.message).toContain('no history');
  });
});

describe('an evaluation', () => {
  it('says of which ruleset each outcome is, and counts the score', () => {
    const plan = planEvaluation(input('Rules = [ RowCount = 4, IsComplete "id", RowCount > 5, IsComplete "nope" ]'));
    const { rulesets } = evaluate(plan, { scan: scanned(4) });
    expect(rulesets[0]).toMatchObject({ name: 'r', gate: 'block', score: 0.5 });
    expect(rulesets[0]?.outcomes.map(({ rule, type, columns, result }) => [rule, type, columns, result])).toEqual([
      ['RowCount = 4', 'RowCount', [], 'PASS'],
      ['IsComplete "id"', 'IsComplete', ['id'], 'PASS'],
      ['RowCount > 5', 'RowCount', [], 'FAIL'],
      ['IsComplete "nope"', 'IsComplete', [], 'ERROR'],
    ]);
    expect(rulesets[0]?.outcomes[2]).toMatchObject({
      message: 'Dataset.*.RowCount is 4, not > 5',
      code: 'notMet',
      values: { value: 4, condition: '> 5' },
    });
  });

  it('puts the values of variables into the rules that it names', () => {
    const plan = planEvaluation(input('Known = ["FR", "DE"]\nRules = [ ColumnValues "country" in $Known ]'));
    const { rulesets } = evaluate(plan, { scan: { error: 'x' } });
    expect(rulesets[0]?.outcomes[0]?.rule).toBe('ColumnValues "country" in ["FR", "DE"]');
  });

  it('has errors for a statement that failed or was not run', () => {
    const plan = planEvaluation(input('Rules = [ RowCount > 1, ColumnCount = 3, CustomSql "select 1" = 1 ]'));
    const { rulesets, metrics } = evaluate(plan, { scan: { error: 'TABLE_NOT_FOUND' } });
    expect(rulesets[0]?.outcomes.map(({ result, code }) => [result, code])).toEqual([
      ['ERROR', 'statementFailed'],
      ['PASS', undefined],
      ['ERROR', 'notMeasured'],
    ]);
    expect(rulesets[0]?.outcomes[0]?.message).toContain('TABLE_NOT_FOUND');
    expect(metrics).toEqual({ 'Dataset.*.ColumnCount': 3 });
  });

  it('has one error for a ruleset that cannot be read, and judges the others', () => {
    const rulesets = [
      { name: 'broken', gate: 'block' as const, text: 'Rules = [ RowCont > 1 ]' },
      { name: 'whole', gate: 'warn' as const, text: 'Rules = [ RowCount > 1 ]' },
    ];
    const found = evaluate(planEvaluation(input('', { rulesets })), { scan: scanned(4) }).rulesets;
    expect(found.map(({ score }) => score)).toEqual([0, 1]);
    expect(found[0]?.outcomes[0]).toMatchObject({
      result: 'ERROR',
      code: 'invalidRuleset',
      message: expect.stringContaining("line 1:11: 'RowCont' is no rule type"),
    });
  });
});
