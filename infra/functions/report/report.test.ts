import { createHash, randomUUID } from 'node:crypto';
import { CreateDatabaseCommand, CreateTableCommand, GlueClient } from '@aws-sdk/client-glue';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type QualityEvaluation, qualityEvaluationKey } from '../../../lib/languages/quality/evaluation.ts';
import {
  type IncidentDeed,
  incidentDeedKey,
  incidentDeedsPrefix,
} from '../../../lib/languages/quality/incidents/deed.ts';
import type { QualityReport } from '../../../lib/languages/quality/report/report.ts';
import { makeRecord } from '../../../lib/quality/testing.ts';
import { makeRole } from '../../local/testing/make-role.ts';
import { ReportEnvironment } from '../environment.ts';
import { type FunctionLake, startFunctionLake, zones } from '../testing/function-lake.ts';
import { keepReport } from './report.ts';

const now = new Date('2026-11-23T06:00:00Z');
let lake: FunctionLake;
let glue: GlueClient;
let states: SFNClient;

beforeAll(async () => {
  lake = await startFunctionLake(['glue', 'states']);
  glue = new GlueClient(lake.lake.clientConfig);
  states = new SFNClient(lake.lake.clientConfig);
  process.env.STATE_MACHINE_ARN = await makeMachine();
});
beforeEach(async () => {
  const { Contents = [] } = await lake.s3.send(new ListObjectsV2Command({ Bucket: zones.results }));
  for (const { Key = '' } of Contents) await lake.remove(zones.results, Key);
});
afterAll(async () => {
  glue.destroy();
  states.destroy();
  await lake.close();
});

/** A machine whose runs end as their input says. */
async function makeMachine(): Promise<string> {
  const roleArn = await makeRole(lake.lake, 'machine', 'states.amazonaws.com');
  const ends = ['Rejected', 'Held', 'Broken'];
  const definition = JSON.stringify({
    StartAt: 'End',
    States: {
      End: {
        Type: 'Choice',
        Choices: ends.map((end) => ({ Variable: '$.end', StringEquals: end, Next: end })),
        Default: 'Done',
      },
      ...Object.fromEntries(ends.map((end) => [end, { Type: 'Fail', Error: end }])),
      Done: { Type: 'Succeed' },
    },
  });
  const made = await states.send(new CreateStateMachineCommand({ name: 'ingest', definition, roleArn }));
  return made.stateMachineArn ?? '';
}

async function run(end: string): Promise<void> {
  const input = JSON.stringify({ end });
  const stateMachineArn = process.env.STATE_MACHINE_ARN;
  const { executionArn } = await states.send(new StartExecutionCommand({ stateMachineArn, input }));
  const status = async () => (await states.send(new DescribeExecutionCommand({ executionArn }))).status;
  await expect.poll(status).not.toBe('RUNNING');
}

const keep = () => keepReport({ s3: lake.s3, glue, states, environment: ReportEnvironment.parse(process.env), now });
const put = (record: QualityEvaluation) =>
  lake.put(zones.results, qualityEvaluationKey(record), JSON.stringify(record));
async function tables(...names: string[]): Promise<void> {
  await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: 'retail' } }));
  for (const Name of names)
    await glue.send(new CreateTableCommand({ DatabaseName: 'retail', TableInput: { Name, StorageDescriptor: {} } }));
}
const read = async (format: string) => (await lake.read(zones.results, `quality/reports/2026-11-23.${format}`)) ?? '';

it('is made of nothing where nothing was evaluated', async () => {
  expect(await keep()).toMatchObject({ evaluations: 0 });
  expect(JSON.parse(await read('json'))).toMatchObject({ tables: [], failing: [], missing: [] });
  expect(await read('pdf')).toMatch(/^%PDF/);
});

it('takes the last four weeks and where they started from, and counts what it cannot read', async () => {
  await tables('sales');
  await put(makeRecord({ id: 'gone', table: 'dropped', rules: { 'IsComplete "town"': 3 } }));
  await put(makeRecord({ id: 'older', evaluatedAt: '2026-09-01T08:00:00.000Z', rules: { 'IsComplete "town"': 3 } }));
  await put(makeRecord({ id: 'before', evaluatedAt: '2026-10-01T08:00:00.000Z', rules: { 'IsComplete "town"': 3 } }));
  await put(makeRecord({ id: 'within', evaluatedAt: '2026-11-20T08:00:00.000Z' }));
  await put(makeRecord({ id: 'held', table: 'stock', verdict: 'held', rules: { 'IsComplete "town"': 7 } }));
  await put(makeRecord({ id: 'other', database: 'elsewhere', table: 'foreign' }));
  await lake.put(zones.results, 'quality/evaluations/retail/sales/2026-11-21T08:00:00.000Z-x.json', '{"id":');
  expect(await keep()).toMatchObject({ evaluations: 3 });
  const report = JSON.parse(await read('json')) as QualityReport;
  expect(report).toMatchObject({ unreadable: 1, verdicts: { passed: 1, warned: 1, held: 1 }, from: '2026-10-27' });
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

it('tells the incidents of the period, and how its runs ended', async () => {
  const held = { verdict: 'held', rules: { 'IsComplete "town"': 7 }, gate: 'block' } as const;
  const source = (key: string) => ({ bucket: zones.raw, key, versionId: 'v' });
  await lake.put(zones.raw, 'sales/there.csv', 'x');
  await lake.put(zones.raw, 'sales/away.csv.old', 'x');
  const broken = (...rules: string[]) => ({ rules: Object.fromEntries(rules.map((rule) => [rule, 3])) });
  // Open since before the period; closed in it; opened in it.
  await put(
    makeRecord({ id: 'a', evaluatedAt: '2026-10-01T08:00:00.000Z', ...broken('IsComplete "a"', 'IsComplete "b"') }),
  );
  await put(
    makeRecord({ id: 'b', evaluatedAt: '2026-11-10T08:00:00.000Z', ...broken('IsComplete "a"', 'IsComplete "c"') }),
  );
  // One whose file is gone, and one that waits for somebody.
  await put(
    makeRecord({ id: 'c', evaluatedAt: '2026-11-11T08:00:00.000Z', ...held, source: source('sales/away.csv') }),
  );
  await put(
    makeRecord({ id: 'd', evaluatedAt: '2026-11-12T08:00:00.000Z', ...held, source: source('sales/there.csv') }),
  );
  for (const end of ['fine', 'fine', 'Rejected', 'Held', 'Broken']) await run(end);
  await keep();
  const report = JSON.parse(await read('json')) as QualityReport;
  expect(report.incidents).toEqual({ opened: 3, resolved: 2, open: 3 });
  expect(report.runs).toEqual({ succeeded: 2, failed: 1, rejected: 2, isCut: false });
  const csv = await read('csv');
  for (const line of ['summary,,,incidents_open,3', 'summary,,,runs_rejected,2']) expect(csv).toContain(line);
});

it('holds to what people decided about an incident', async () => {
  const cause = (subject: string) =>
    createHash('sha256')
      .update(JSON.stringify(['rule', 'retail', 'sales', subject]))
      .digest('hex');
  const rules = { 'IsComplete "a"': 1, 'IsComplete "b"': 1, 'IsComplete "c"': 1 };
  await put(makeRecord({ id: 'a', evaluatedAt: '2026-11-10T08:00:00.000Z', rules }));
  const decide = (at: string, kind: IncidentDeed['kind'], subject: string, until?: string) => {
    const deed = { cause: cause(subject), kind, at, ...(until ? { until } : {}) };
    return lake.put(zones.results, incidentDeedKey(deed, randomUUID()), JSON.stringify(deed));
  };
  await decide('2026-11-11T08:00:00.000Z', 'resolved', 'IsComplete "a"');
  await decide('2026-11-11T09:00:00.000Z', 'muted', 'IsComplete "b"', '2026-12-01T00:00:00.000Z');
  await decide('2026-11-11T08:00:00.000Z', 'resolved', 'IsComplete "c"');
  await decide('2026-11-11T10:00:00.000Z', 'reopened', 'IsComplete "c"');
  await lake.put(zones.results, `${incidentDeedsPrefix}2026-11-12-x.json`, '{"cause": 1}');
  await keep();
  expect(JSON.parse(await read('json'))).toMatchObject({ incidents: { opened: 3, resolved: 1, open: 1 } });
});
