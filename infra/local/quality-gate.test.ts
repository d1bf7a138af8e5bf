/** Files before the rules of their table: what is held, turned away, let pass and corrected, through the whole machine. */
import { setTimeout as sleep } from 'node:timers/promises';
import { AthenaClient } from '@aws-sdk/client-athena';
import {
  CreateDataQualityRulesetCommand,
  DeleteDataQualityRulesetCommand,
  GetTablesCommand,
  GlueClient,
} from '@aws-sdk/client-glue';
import { DeleteRolePolicyCommand, IAMClient, ListRolePoliciesCommand } from '@aws-sdk/client-iam';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  DescribeExecutionCommand,
  type DescribeExecutionOutput,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Verdict } from '../../lib/languages/contract/verdict.ts';
import { QualityEvaluation } from '../../lib/languages/quality/evaluation.ts';
import { GateCause } from '../../lib/languages/quality/quality-answer.ts';
import { AthenaSession } from './services/athena/testing/athena-session.ts';
import { State } from './state/state.ts';
import { LakeProcess } from './testing/lake-process.ts';

const header = 'sale_id,sale_date,location,Total_Sales';
const file = (...rows: string[]) => `${header}\n${rows.join('\n')}\n`;
const good = file('1,2024-01-01,Camden,10.50', '2,2024-01-02,Soho,5.00');
const poisoned = file('3,2024-01-03,Camden,-7.00', '4,2024-01-03,Soho,1.00');
const corrected = file('3,2024-01-03,Camden,7.00', '4,2024-01-03,Soho,1.00');

let lake: LakeProcess;
let s3: S3Client;
let states: SFNClient;
let glue: GlueClient;
let athena: AthenaSession;

beforeAll(async () => {
  lake = await LakeProcess.start();
  s3 = new S3Client(lake.clientConfig);
  states = new SFNClient(lake.clientConfig);
  glue = new GlueClient(lake.clientConfig);
  const QueryExecutionContext = { Database: 'retail' };
  athena = new AthenaSession(new AthenaClient(lake.clientConfig), { WorkGroup: 'lacustre', QueryExecutionContext });
});
afterAll(async () => {
  for (const client of [s3, states, glue, athena.client]) client.destroy();
  await lake.close();
});

describe('a table without rules', () => {
  it('is measured after each file: there is a history before anybody writes a rule', async () => {
    const run = await drop('sales/london.csv', good);
    expect(run.status).toBe('SUCCEEDED');
    expect(await statesOf(run)).toEqual([
      ...['Validate', 'Verdict', 'Transform', 'Staged?', 'Catalog', 'Evaluated?', 'Quality', 'Done'],
    ]);
    expect(await evaluationOf(run)).toMatchObject({
      trigger: 'run',
      execution: run.name,
      verdict: 'passed',
      rulesets: [],
      metrics: { 'Dataset.*.RowCount': 2, 'Column.location.Completeness': 1 },
    });
  });
});

describe('a ruleset that blocks', () => {
  let held: DescribeExecutionOutput;

  it('holds a poisoned file: its rows are beside the table, which is as it was', async () => {
    await putRuleset('sales-own', 'block', 'Rules = [ ColumnValues "total_sales" >= 0, IsUnique "sale_id" ]');
    held = await drop('sales/paris.csv', poisoned);
    expect(held).toMatchObject({ status: 'FAILED', error: 'Held' });
    const { evaluation, table, rules } = GateCause.parse(JSON.parse(held.cause ?? ''));
    expect(table).toBe('sales');
    expect(rules).toMatchObject([{ rule: 'ColumnValues "total_sales" >= 0', result: 'FAIL', failingRows: 1 }]);
    const record = await readRecord(evaluation.key);
    expect(record).toMatchObject({ verdict: 'held', metrics: { 'Dataset.*.RowCount': 4 } });
    const { database, table: staged } = record.staged ?? {};
    expect(await athena.rows(`SELECT sale_id FROM "${database}"."${staged}" WHERE total_sales < 0`)).toEqual([['3']]);
    expect(await totals()).toEqual({ Camden: '10.50', Soho: '5.00' });
    expect(await athena.rows('SELECT count(*) FROM sales')).toEqual([['2']]);
  });

  it('lets the corrected file pass, and leaves nothing of it beside the table', async () => {
    await putRuleset('by-location', 'warn', 'Rules = [ IsComplete "location" ]', 'sales_by_location');
    const run = await drop('sales/paris.csv', corrected);
    expect(run.status).toBe('SUCCEEDED');
    expect(await statesOf(run)).toEqual([
      ...['Validate', 'Verdict', 'Transform', 'Staged?', 'Quality gate', 'Gate', 'Publish', 'Catalog'],
      ...['Evaluated?', 'Computed tables', 'Done'],
    ]);
    expect(await evaluationOf(run)).toMatchObject({ verdict: 'passed', rulesets: [{ name: 'sales-own', score: 1 }] });
    expect(await totals()).toEqual({ Camden: '17.50', Soho: '6.00' });
    // Computed from rows that waited, it is evaluated once they are there.
    const Prefix = 'quality/evaluations/retail/sales_by_location/';
    const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket: lake.bucket('results'), Prefix }));
    expect(await readRecord(Contents?.[0]?.Key ?? '')).toMatchObject({
      ...{ execution: run.name, trigger: 'run', verdict: 'passed' },
      metrics: { 'Dataset.*.RowCount': 2 },
    });
    expect(await stagedKeys(run.name)).toEqual([]);
    // What was held can still be looked at.
    expect(await stagedKeys(held.name)).toHaveLength(1);
    const { TableList = [] } = await glue.send(new GetTablesCommand({ DatabaseName: 'retail_staged' }));
    expect(TableList).toHaveLength(1);
  });

  it('holds every file that breaks it', async () => {
    held = await drop('sales/refunds.csv', file('9,2024-02-01,Soho,-1.00'));
    expect(held.error).toBe('Held');
  });

  it('gives way to a person, whose name and reason are kept', async () => {
    const override = { by: 'engineer@x', reason: 'A refund is a sale too', execution: held.name ?? '' };
    const run = await start({ ...JSON.parse(held.input ?? ''), override });
    expect(run.status).toBe('SUCCEEDED');
    expect(await totals()).toEqual({ Camden: '17.50', Soho: '5.00' });
    expect(await evaluationOf(run)).toMatchObject({ verdict: 'warned', override });
  });

  it('looks at the newest version of a file that is replaced while its rows wait', async () => {
    await run(() => s3.send(new DeleteObjectCommand({ Bucket: lake.bucket('raw'), Key: 'sales/refunds.csv' })));
    const before = await count();
    for (const total of [1, 2])
      await s3.send(
        new PutObjectCommand({
          Bucket: lake.bucket('raw'),
          Key: 'sales/quick.csv',
          Body: file(`20,2024-02-01,York,${total}`),
        }),
      );
    const runs = await ended(before + 2);
    expect(runs.map(({ status }) => status)).toEqual(['SUCCEEDED', 'SUCCEEDED']);
    expect((await totals()).York).toBe('2.00');
  });
});

describe('a ruleset that quarantines', () => {
  it('sends the file away with the rules that it breaks, and brings back the version before it', async () => {
    await putRuleset('sales-strict', 'quarantine', 'Rules = [ ColumnLength "location" < 20 ]');
    const { error, cause } = await drop('sales/paris.csv', file(`3,2024-01-03,${'x'.repeat(30)},7.00`));
    expect(error).toBe('Rejected');
    const verdict = Verdict.parse(JSON.parse(cause ?? ''));
    expect(verdict).toMatchObject({ status: 'rejected', problemCount: 1, problems: [{ code: 'rule-broken' }] });
    expect(verdict.quality).toMatchObject({ verdict: 'quarantined' });
    const Key = 'sales/paris.csv';
    await expect(s3.send(new HeadObjectCommand({ Bucket: lake.bucket('quarantine'), Key }))).resolves.toBeDefined();
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: lake.bucket('raw'), Key }));
    expect(await Body?.transformToString()).toBe(corrected);
    expect((await totals()).Camden).toBe('17.50');
  });
});

describe('rows that are in the table', () => {
  it('are evaluated when a file is taken away, and never fail the run', async () => {
    for (const Name of ['sales-own', 'sales-strict']) await glue.send(new DeleteDataQualityRulesetCommand({ Name }));
    await putRuleset('sales-few', 'warn', 'Rules = [ RowCount > 100 ]');
    const removed = await run(() =>
      s3.send(new DeleteObjectCommand({ Bucket: lake.bucket('raw'), Key: 'sales/quick.csv' })),
    );
    expect(removed.status).toBe('SUCCEEDED');
    expect(await evaluationOf(removed)).toMatchObject({
      verdict: 'warned',
      rulesets: [{ outcomes: [{ rule: 'RowCount > 100', result: 'FAIL' }] }],
    });
  });

  it('make a green run also where they cannot be evaluated, which says that nothing is known', async () => {
    const iam = new IAMClient(lake.clientConfig);
    const RoleName = 'lacustre-quality-role';
    const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
    for (const PolicyName of PolicyNames) await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
    iam.destroy();
    const run = await drop('sales/leeds.csv', file('30,2024-03-01,Leeds,4.00'));
    expect(run.status).toBe('SUCCEEDED');
    const { quality, qualityFailure } = Verdict.parse(JSON.parse(run.output ?? ''));
    expect(quality).toBeUndefined();
    expect(qualityFailure).toMatchObject({ Cause: expect.stringMatching(/not authorized/) });
    expect((await totals()).Leeds).toBe('4.00');
  });
});

async function putRuleset(Name: string, gate: string, Ruleset: string, TableName = 'sales'): Promise<void> {
  const TargetTable = { DatabaseName: 'retail', TableName };
  const Tags = { 'lacustre:gate': gate };
  await glue.send(new CreateDataQualityRulesetCommand({ Name, Ruleset, TargetTable, Tags }));
}

describe('the Monday of a lake that was not running', () => {
  it('leaves its report when the lake comes back: with the incidents of the checks, and the runs', async () => {
    await lake.kill();
    const state = State.open(`${lake.dataFolder}/lake`);
    const schedules = state.table<{ expression: string; since: number }>('schedules');
    const rule = ['events', 'lacustre-weekly-report'];
    const known = schedules.get(rule);
    expect(known?.expression).toBe('cron(0 6 ? * MON *)');
    const since = Date.now() - 8 * 24 * 3_600_000;
    await state.commit(() => schedules.put(rule, { expression: known?.expression ?? '', since }));
    await state.close();
    await lake.start();
    const Prefix = 'quality/reports/';
    const kept = async () => {
      const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: lake.bucket('results'), Prefix }));
      return Contents.map(({ Key = '' }) => Key);
    };
    await expect.poll(kept, { timeout: 60_000, interval: 200 }).toHaveLength(3);
    const Key = (await kept()).find((key) => key.endsWith('.json'));
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: lake.bucket('results'), Key }));
    const report = JSON.parse((await Body?.transformToString()) ?? 'null');
    expect(report.runs).toEqual(await runsByEnd());
    expect(report.incidents.opened).toBeGreaterThan(0);
    expect(report.tables.map(({ table }: { table: string }) => table)).toContain('sales');
  }, 150_000);
});

async function runsByEnd() {
  const described = (await executions()).map(({ executionArn }) =>
    states.send(new DescribeExecutionCommand({ executionArn })),
  );
  const ends = (await Promise.all(described)).map(({ status, error }) => {
    return status === 'SUCCEEDED' ? 'succeeded' : error === 'Held' || error === 'Rejected' ? 'rejected' : 'failed';
  });
  const count = (end: string) => ends.filter((each) => each === end).length;
  return { succeeded: count('succeeded'), failed: count('failed'), rejected: count('rejected'), isCut: false };
}

function drop(Key: string, Body: string) {
  return run(() => s3.send(new PutObjectCommand({ Bucket: lake.bucket('raw'), Key, Body })));
}

/** Does something to the raw zone and waits for the run that it causes. */
async function run(change: () => Promise<unknown>): Promise<DescribeExecutionOutput> {
  const before = await count();
  await change();
  const [newest] = await ended(before + 1);
  return newest as DescribeExecutionOutput;
}

async function start(input: object): Promise<DescribeExecutionOutput> {
  const stateMachineArn = machineArn();
  return run(() => states.send(new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) })));
}

const machineArn = () => `arn:aws:states:${lake.region}:${lake.account}:stateMachine:lacustre-ingest`;

async function executions() {
  return (await states.send(new ListExecutionsCommand({ stateMachineArn: machineArn() }))).executions ?? [];
}

const count = async () => (await executions()).length;

/** The newest executions of so many, once all have ended. */
async function ended(total: number): Promise<DescribeExecutionOutput[]> {
  for (;;) {
    const all = await executions();
    if (all.length >= total && all.every(({ status }) => status !== 'RUNNING'))
      return Promise.all(
        all.slice(0, 2).map(({ executionArn }) => states.send(new DescribeExecutionCommand({ executionArn }))),
      );
    await sleep(20);
  }
}

async function statesOf({ executionArn }: DescribeExecutionOutput): Promise<string[]> {
  const { events = [] } = await states.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 }));
  return events.flatMap(({ stateEnteredEventDetails }) => stateEnteredEventDetails?.name ?? []);
}

async function evaluationOf({ output }: DescribeExecutionOutput): Promise<QualityEvaluation> {
  return readRecord(Verdict.parse(JSON.parse(output ?? 'null')).quality?.evaluation?.key ?? '');
}

async function readRecord(Key: string): Promise<QualityEvaluation> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: lake.bucket('results'), Key }));
  return QualityEvaluation.parse(JSON.parse((await Body?.transformToString()) ?? 'null'));
}

async function stagedKeys(execution: string | undefined): Promise<string[]> {
  const Prefix = `_lake/staged/${execution}/`;
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: lake.bucket('processed'), Prefix }));
  return Contents.map(({ Key = '' }) => Key);
}

async function totals(): Promise<Record<string, string>> {
  const rows = await athena.rows('SELECT location, total_sales FROM sales_by_location');
  return Object.fromEntries(rows.map(([location = '', total = '']) => [location, total]));
}
