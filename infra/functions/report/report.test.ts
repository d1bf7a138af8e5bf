import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type QualityEvaluation, qualityEvaluationKey } from '../../../lib/languages/quality/evaluation.ts';
import type { QualityReport } from '../../../lib/languages/quality/report/report.ts';
import { makeRecord } from '../../../lib/quality/testing.ts';
import { ReportEnvironment } from '../environment.ts';
import { type FunctionLake, startFunctionLake, zones } from '../testing/function-lake.ts';
import { keepReport } from './report.ts';

const now = new Date('2026-11-23T06:00:00Z');
let lake: FunctionLake;

beforeAll(async () => {
  lake = await startFunctionLake(['s3']);
});
beforeEach(async () => {
  const { Contents = [] } = await lake.s3.send(new ListObjectsV2Command({ Bucket: zones.results }));
  for (const { Key = '' } of Contents) await lake.remove(zones.results, Key);
});
afterAll(() => lake.close());

const keep = () => keepReport({ s3: lake.s3, environment: ReportEnvironment.parse(process.env), now });
const put = (record: QualityEvaluation) =>
  lake.put(zones.results, qualityEvaluationKey(record), JSON.stringify(record));
const read = async (format: string) => (await lake.read(zones.results, `quality/reports/2026-11-23.${format}`)) ?? '';

it('is made of nothing where nothing was evaluated', async () => {
  expect(await keep()).toMatchObject({ evaluations: 0 });
  expect(JSON.parse(await read('json'))).toMatchObject({ tables: [], failing: [], missing: [] });
  expect(await read('pdf')).toMatch(/^%PDF/);
});

it('takes the last four weeks and where they started from, and counts what it cannot read', async () => {
  await put(makeRecord({ id: 'older', evaluatedAt: '2026-09-01T08:00:00.000Z', rules: { 'IsComplete "town"': 3 } }));
  await put(makeRecord({ id: 'before', evaluatedAt: '2026-10-01T08:00:00.000Z', rules: { 'IsComplete "town"': 3 } }));
  await put(makeRecord({ id: 'within', evaluatedAt: '2026-11-20T08:00:00.000Z' }));
  await put(makeRecord({ id: 'held', table: 'stock', verdict: 'held', rules: { 'IsComplete "town"': 7 } }));
  await put(makeRecord({ id: 'other', database: 'elsewhere', table: 'foreign' }));
  await lake.put(zones.results, 'quality/evaluations/retail/sales/2026-11-21T08:00:00.000Z-x.json', '{"id":');
  expect(await keep()).toMatchObject({ evaluations: 2 });
  const report = JSON.parse(await read('json')) as QualityReport;
  expect(report).toMatchObject({ unreadable: 1, verdicts: { passed: 1, held: 1 }, from: '2026-10-27' });
  expect(report.tables.map(({ table }) => table)).toEqual(['stock', 'sales']);
  const sales = report.tables.find(({ table }) => table === 'sales');
  expect([sales?.trend[0]?.score, sales?.trend.at(-1)?.score]).toEqual([0.5, 1]);
  expect(await read('csv')).toContain('failing_rule,stock,"IsComplete ""town""",FAIL,7,100');
});

it('is replaced when it is made again on the same day', async () => {
  await keep();
  await put(makeRecord());
  const { keys } = await keep();
  expect(keys).toHaveLength(3);
  expect(JSON.parse(await read('json'))).toMatchObject({ evaluations: 1 });
});
