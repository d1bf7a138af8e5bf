/**
 * The pipeline under the least policies: what its roles were seen doing becomes their policies, and each statement of
 * these is needed by one step, which says so when it lacks.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { BatchDeleteTableCommand, GetTablesCommand, GlueClient } from '@aws-sdk/client-glue';
import { DeleteRolePolicyCommand, IAMClient, ListRolePoliciesCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  type HistoryEvent,
  ListExecutionsCommand,
  SFNClient,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { observedCalls } from '../../lib/languages/cloudtrail/observed-calls.ts';
import { TrailLogFile } from '../../lib/languages/cloudtrail/record.ts';
import { compilePolicy } from '../../lib/languages/iam-policy/compile-policy.ts';
import { evaluate } from '../../lib/languages/iam-policy/evaluate.ts';
import { minimalPolicy, type PolicyJson, type StatementJson } from '../../lib/languages/iam-policy/minimal-policy.ts';
import { parsePolicy } from '../../lib/languages/iam-policy/parse-policy.ts';
import { provisionLocal } from './provision/provision-local.ts';
import { deliverNow, makeTrail } from './services/cloudtrail/testing.ts';
import { ALL_SERVICES } from './start-services.ts';
import { startTestLake, TEST_ACCOUNT, TEST_REGION, type TestLake } from './testing/test-lake.ts';

const samples = path.resolve(import.meta.dirname, '../../samples/data/retail');
const machine = `arn:aws:states:${TEST_REGION}:${TEST_ACCOUNT}:stateMachine:lacustre-ingest`;
const zones = ['raw', 'quarantine', 'processed', 'results'].map(
  (zone) => `lacustre-${zone}-${TEST_ACCOUNT}-${TEST_REGION}`,
);

/** Which step of the state machine works as which role; the machine's own is told by what it lacks. */
const STEPS: Record<string, string> = {
  'lacustre-validate-role': 'Validate',
  'lacustre-transform-role': 'Transform',
  'lacustre-catalog-role': 'Catalog',
  'lacustre-quality-role': 'Quality',
  'lacustre-quarantine-role': 'Quarantine',
};
const TRAIL_BUCKET = 'seen-calls';
const POLL_MS = 20;
const MACHINE_ROLE = 'lacustre-ingest-role';
const EVENTS_ROLE = 'lacustre-events-role';

let lake: TestLake;
let s3: S3Client;
let iam: IAMClient;
let states: SFNClient;
let glue: GlueClient;
const minimal = new Map<string, PolicyJson>();
const seen = new Set<string>();

beforeAll(async () => {
  lake = await startTestLake({ services: ALL_SERVICES });
  s3 = new S3Client(lake.clientConfig);
  iam = new IAMClient(lake.clientConfig);
  states = new SFNClient(lake.clientConfig);
  glue = new GlueClient(lake.clientConfig);
  await provisionLocal(lake.lake, 3000);
  // Jobs read their graphs where the deployment has put them.
  const objects = ['arn:aws:s3:::lacustre-', 'arn:aws:s3:::cdk-'];
  await makeTrail(lake, { Name: 'seen', S3BucketName: TRAIL_BUCKET }, [{ objects }, 'functions']);
}, 120_000);
afterAll(async () => {
  for (const client of [s3, iam, states, glue]) client.destroy();
  await lake.close();
});

interface Run {
  status: string | undefined;
  error: string | undefined;
  failures: { step: string; cause: string }[];
}

/** Drops one of the brief's files into the raw zone, and waits for what the pipeline makes of it. */
async function drop(file: 'good' | 'wrong'): Promise<Run> {
  await putFile(file);
  for (;;) {
    const [executionArn] = await newExecutions();
    if (executionArn) {
      seen.add(executionArn);
      return runOf(executionArn);
    }
    await sleep(POLL_MS);
  }
}

/** The first rows are enough: a run takes as long as its steps, and not as its file. */
async function putFile(file: 'good' | 'wrong'): Promise<void> {
  const name = file === 'good' ? 'sales_data_london.csv' : 'sales_data_london_different_schema.csv';
  const [header = '', ...rows] = readFileSync(path.join(samples, name), 'utf8').split('\n');
  const Body = [header, ...rows.slice(0, 5)].join('\n');
  await s3.send(new PutObjectCommand({ Bucket: zones[0], Key: `sales/${name}`, Body }));
}

async function newExecutions(): Promise<string[]> {
  const { executions = [] } = await states.send(
    new ListExecutionsCommand({ stateMachineArn: machine, maxResults: 10 }),
  );
  return executions.flatMap(({ executionArn }) => (executionArn && !seen.has(executionArn) ? [executionArn] : []));
}

/** What quarantine does needs a contract that the good file has made; all else needs a lake that has seen no file yet. */
async function runWithout(role: string): Promise<Run> {
  if (STEPS[role] === 'Quarantine') return drop('wrong');
  await forget();
  return drop('good');
}

async function runOf(executionArn: string): Promise<Run> {
  for (;;) {
    const { status, error } = await states.send(new DescribeExecutionCommand({ executionArn }));
    if (status !== 'RUNNING') return { status, error, failures: await failuresOf(executionArn) };
    await sleep(POLL_MS);
  }
}

/** The steps that failed, once each, with the cause of their last attempt. */
async function failuresOf(executionArn: string): Promise<Run['failures']> {
  const { events = [] } = await states.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 }));
  const failures = new Map<string, string>();
  let step = '';
  for (const event of events) {
    step = event.stateEnteredEventDetails?.name ?? step;
    const cause = causeOf(event);
    if (cause !== undefined) failures.set(step, cause);
  }
  return [...failures].map(([name, cause]) => ({ step: name, cause }));
}

function causeOf({ taskFailedEventDetails, type }: HistoryEvent): string | undefined {
  return type === 'TaskFailed' ? (taskFailedEventDetails?.cause ?? '') : undefined;
}

/** The lake as it was before its first file, so that a run needs all that it needed then. */
async function forget(): Promise<void> {
  const { TableList = [] } = await glue.send(new GetTablesCommand({ DatabaseName: 'retail' }));
  const TablesToDelete = TableList.map(({ Name = '' }) => Name);
  if (TablesToDelete.length > 0)
    await glue.send(new BatchDeleteTableCommand({ DatabaseName: 'retail', TablesToDelete }));
  await Promise.all(zones.map(empty));
}

async function empty(Bucket: string): Promise<void> {
  const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
  const Objects = [...Versions, ...DeleteMarkers].map(({ Key = '', VersionId }) => ({ Key, VersionId }));
  if (Objects.length > 0) await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
}

async function observed() {
  await deliverNow(lake);
  const Prefix = `AWSLogs/${TEST_ACCOUNT}/CloudTrail/`;
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: TRAIL_BUCKET, Prefix }));
  const files = await Promise.all(
    Contents.map(async ({ Key }) => {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: TRAIL_BUCKET, Key }));
      const text = gunzipSync((await Body?.transformToByteArray()) ?? new Uint8Array()).toString();
      return TrailLogFile.parse(JSON.parse(text)).Records;
    }),
  );
  return observedCalls(files.flat());
}

const nameOf = (roleArn: string) => roleArn.split('/').at(-1) ?? '';

function give(role: string, Statement: StatementJson[]): Promise<unknown> {
  const what = { RoleName: role, PolicyName: 'minimal' };
  if (Statement.length === 0) return iam.send(new DeleteRolePolicyCommand(what));
  return iam.send(
    new PutRolePolicyCommand({ ...what, PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }) }),
  );
}

/** Principal, action and resource of AWS's sentence. */
function deniedIn(text: string) {
  const pattern =
    /User: arn:aws:sts::\d+:assumed-role\/([\w-]+)\/\S+ is not authorized to perform: (\S+) on resource: \\*"?([^\s"\\]+)\\*"? because no identity-based policy allows the (\S+) action/;
  const [, role = '', action = '', resource = ''] = pattern.exec(text) ?? [];
  return { role, action, resource };
}

/** The machine's role runs all functions by one statement, and the job by another. */
const stepOfMachine = ({ Action }: StatementJson) => (Action.includes('glue:StartJobRun') ? 'Transform' : 'Validate');

function isFor(statement: StatementJson, { action, resource }: { action: string; resource: string }): boolean {
  const text = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  const principal = { arn: 'arn:aws:iam::000000000000:user/x', accountId: TEST_ACCOUNT };
  const request = { principal, action, resource, lookup: () => undefined };
  return evaluate(request, { identity: [compilePolicy('p', parsePolicy(text, 'identity'))] }).result === 'allowed';
}

it('runs under the policies of the template, and is seen', async () => {
  expect(await drop('good')).toEqual({ status: 'SUCCEEDED', error: undefined, failures: [] });
  expect(await drop('wrong')).toEqual({ status: 'FAILED', error: 'Rejected', failures: [] });
  const calls = await observed();
  for (const role of [...Object.keys(STEPS), MACHINE_ROLE, EVENTS_ROLE]) {
    const { Statement, ...rest } = minimalPolicy(calls.filter(({ roleArn }) => nameOf(roleArn) === role));
    expect(Statement.length).toBeGreaterThan(0);
    minimal.set(role, { ...rest, Statement });
  }
}, 60_000);

it('runs under the least policies alone', async () => {
  for (const [RoleName, { Statement }] of minimal) {
    const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
    for (const PolicyName of PolicyNames) await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
    await give(RoleName, Statement);
  }
  await forget();
  expect(await drop('good')).toEqual({ status: 'SUCCEEDED', error: undefined, failures: [] });
  expect(await drop('wrong')).toEqual({ status: 'FAILED', error: 'Rejected', failures: [] });
}, 60_000);

it('needs each of their statements in one step, which says what it lacks', async () => {
  for (const [role, { Statement }] of minimal) {
    if (role === EVENTS_ROLE) continue;
    for (const statement of Statement) {
      await give(
        role,
        Statement.filter((other) => other !== statement),
      );
      const { failures } = await runWithout(role);
      await give(role, Statement);
      const [failed, ...others] = failures;
      const denied = deniedIn(failed?.cause ?? '');
      expect({ step: failed?.step, role: denied.role, others }, `${role} without ${statement.Sid}`).toEqual({
        step: STEPS[role] ?? stepOfMachine(statement),
        role,
        others: [],
      });
      expect(isFor(statement, denied), `${statement.Sid}: ${JSON.stringify(denied)}`).toBe(true);
    }
  }
}, 240_000);

it('starts no run where the rule may not, and says so', async () => {
  const statements = minimal.get(EVENTS_ROLE)?.Statement ?? [];
  expect(statements).toMatchObject([{ Action: ['states:StartExecution'], Resource: [machine] }]);
  await give(EVENTS_ROLE, []);
  await putFile('good');
  await expect
    .poll(() => lake.logged.map(deniedIn), { timeout: 20_000, interval: 30 })
    .toContainEqual({
      role: EVENTS_ROLE,
      action: 'states:StartExecution',
      resource: machine,
    });
  await give(EVENTS_ROLE, statements);
  expect(await drop('good')).toMatchObject({ status: 'SUCCEEDED' });
  expect(await newExecutions()).toEqual([]);
}, 60_000);
