import type { QualityEvaluation, RuleOutcome } from '@/lib/languages/quality/evaluation.ts';

/** A record of quality for tests: of `sales`, passed, two rules; `rules` maps a rule to the rows that break it. */
export function makeRecord({
  rules = {},
  gate = 'warn',
  ...rest
}: Partial<QualityEvaluation> & { rules?: Record<string, number>; gate?: 'block' | 'quarantine' | 'warn' } = {}) {
  const outcomes = Object.entries({ 'RowCount > 0': 0, ...rules }).map(
    ([rule, failingRows]): RuleOutcome => ({
      rule,
      type: rule.split(' ')[0] ?? '',
      columns: /"(\w+)"/.exec(rule)?.slice(1) ?? [],
      result: failingRows > 0 ? 'FAIL' : 'PASS',
      metrics: {},
      failingRows,
      checkedRows: 100,
    }),
  );
  const isBroken = outcomes.some(({ result }) => result !== 'PASS');
  const passed = outcomes.filter(({ result }) => result === 'PASS').length;
  const record: QualityEvaluation = {
    id: 'e1',
    evaluatedAt: '2026-11-20T08:00:00.000Z',
    trigger: 'schedule',
    dataset: rest.table ?? 'sales',
    database: 'retail',
    table: 'sales',
    verdict: isBroken || rest.anomalies?.length ? 'warned' : 'passed',
    rulesets: [{ name: 'sales-rules', gate, score: passed / outcomes.length, outcomes }],
    metrics: { 'Dataset.*.RowCount': 100, 'Column.town.Completeness': 1, 'Column.amount.Completeness': 0.9 },
    columns: [
      { name: 'town', type: 'string' },
      { name: 'amount', type: 'double' },
    ],
    anomalies: [],
    scannedBytes: 1_000,
    durationMs: 100,
    ...rest,
  };
  return record;
}
