import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  ListExecutionsCommand,
  SFNClient,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeProblem } from '../../../lib/languages/contract/describe-problem.ts';
import { type FileSource, runRecordKey, type Verdict } from '../../../lib/languages/contract/verdict.ts';
import { type FunctionLake, startFunctionLake, zones } from '../testing/function-lake.ts';
import { copyVersion } from './copy-version.ts';

let lake: FunctionLake;
let handler: (payload: unknown) => Promise<Verdict>;

beforeAll(async () => {
  lake = await startFunctionLake(['s3', 'states']);
  ({ handler } = await import('./handler.ts'));
});
afterAll(() => lake.close());

const problem = describeProblem('type-mismatch', { row: 1, line: 2, column: 'prix', value: 'é', expected: 'bigint' });

function rejected(source: FileSource): Verdict {
  return {
    status: 'rejected',
    dataset: 'sales',
    file: source.key.slice('sales/'.length),
    source,
    format: { type: 'json', layout: 'lines' },
    graphUri: '',
    rowsChecked: 1,
    complete: true,
    problems: [problem],
    problemCount: 1,
  };
}

/** A machine in the place of the pipeline's, and the inputs of its runs. */
async function makeMachine() {
  const iam = new IAMClient(lake.lake.clientConfig);
  const states = new SFNClient(lake.lake.clientConfig);
  const trust = { Effect: 'Allow', Principal: { Service: 'states.amazonaws.com' }, Action: 'sts:AssumeRole' };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: trust });
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName: 'machine', AssumeRolePolicyDocument }));
  iam.destroy();
  const { stateMachineArn } = await states.send(
    new CreateStateMachineCommand({
      name: 'lacustre-ingest',
      roleArn: Role?.Arn,
      definition: JSON.stringify({ StartAt: 'End', States: { End: { Type: 'Succeed' } } }),
    }),
  );
  const runs = async () => {
    const { executions = [] } = await states.send(new ListExecutionsCommand({ stateMachineArn }));
    const described = executions.map(({ executionArn }) => states.send(new DescribeExecutionCommand({ executionArn })));
    return (await Promise.all(described)).map(({ input = '' }) => JSON.parse(input));
  };
  return { states, runs };
}

describe('quarantine', () => {
  it('moves the version, puts the verdict beside it and in the record of the run', async () => {
    const source = await lake.put(zones.raw, 'sales/a b+é.csv', 'bytes');
    const verdict = await handler({ execution: 'run-1', verdict: rejected(source) });
    expect(verdict).toMatchObject({ status: 'rejected', quarantined: { bucket: zones.quarantine, key: source.key } });
    expect(await lake.versions(zones.raw, source.key)).toEqual([]);
    expect(await lake.read(zones.quarantine, source.key)).toBe('bytes');
    expect(JSON.parse((await lake.read(zones.quarantine, `${source.key}.verdict.json`)) ?? '')).toEqual(verdict);
    expect(JSON.parse((await lake.read(zones.results, runRecordKey(verdict))) ?? '')).toEqual({
      execution: 'run-1',
      verdict,
    });
    const { Metadata } = await lake.s3.send(new HeadObjectCommand({ Bucket: zones.quarantine, Key: source.key }));
    expect(Metadata).toMatchObject({ 'source-version': source.versionId, 'problem-codes': 'type-mismatch' });
    expect(Metadata?.['first-problem']).toMatch(/^Row 1 \(line 2\), column "prix" is "\?"/);
  });

  it('brings the version before it back into sight', async () => {
    const good = await lake.put(zones.raw, 'sales/b.csv', 'good');
    const bad = await lake.put(zones.raw, 'sales/b.csv', 'bad');
    await handler({ execution: 'run-2', verdict: rejected(bad) });
    expect(await lake.versions(zones.raw, 'sales/b.csv')).toEqual([good.versionId]);
    expect(await lake.read(zones.quarantine, 'sales/b.csv')).toBe('bad');
  });

  it('runs that version again where its rows are not in the table, once', async () => {
    const { states, runs } = await makeMachine();
    const good = await lake.put(zones.raw, 'sales/w.csv', 'good');
    const waited = { ...rejected(good), status: 'accepted' as const, problems: [], problemCount: 0 };
    await lake.put(zones.results, runRecordKey(waited), JSON.stringify({ execution: 'run-w', verdict: waited }));
    const bad = await lake.put(zones.raw, 'sales/w.csv', 'bad');
    for (let twice = 0; twice < 2; twice++) await handler({ execution: 'run-x', verdict: rejected(bad) });
    const event = {
      'detail-type': 'Object Created',
      detail: { object: { key: good.key, 'version-id': good.versionId } },
    };
    expect(await runs()).toMatchObject([event]);
    // With its rows in the table there is nothing to do.
    const Metadata = { 'source-version': good.versionId };
    const Key = 'sales/w.csv/part-00000.parquet';
    await lake.s3.send(new PutObjectCommand({ Bucket: zones.processed, Key, Body: 'rows', Metadata }));
    const worse = await lake.put(zones.raw, 'sales/w.csv', 'worse');
    await handler({ execution: 'run-y', verdict: rejected(worse) });
    expect(await runs()).toHaveLength(1);
    states.destroy();
  });

  it('says which rules of the table the file breaks', async () => {
    const source = await lake.put(zones.raw, 'sales/r.csv', 'bytes');
    const evaluation = {
      id: 'e1',
      key: 'quality/evaluations/retail/sales/e1.json',
      verdict: 'quarantined',
      score: 0.5,
    };
    const rules = ['IsComplete "location"', 'RowCount > 10'].map((rule, index) => ({
      ruleset: 'own',
      rule,
      columns: index === 0 ? ['location'] : [],
      result: 'FAIL',
    }));
    const cause = JSON.stringify({ evaluation, database: 'retail', table: 'sales', rules, ruleCount: 3 });
    const accepted = { ...rejected(source), status: 'accepted', problems: [], problemCount: 0 };
    const verdict = await handler({
      execution: 'run-r',
      verdict: { ...accepted, quality: { verdict: 'quarantined', evaluation, cause } },
    });
    expect(verdict).toMatchObject({ status: 'rejected', problemCount: 3, quality: { evaluation, cause: '' } });
    expect(verdict.problems).toMatchObject([
      { code: 'rule-broken', column: 'location', message: expect.stringContaining('“IsComplete "location"”') },
      { code: 'rule-broken' },
    ]);
  });

  it('ends the same when it is tried again', async () => {
    const source = await lake.put(zones.raw, 'sales/c.csv', 'bytes');
    const first = await handler({ execution: 'run-3', verdict: rejected(source) });
    expect(await handler({ execution: 'run-3', verdict: rejected(source) })).toEqual(first);
    expect(await lake.versions(zones.quarantine, 'sales/c.csv')).toHaveLength(1);
  });

  it('says what the transform job found', async () => {
    const source = await lake.put(zones.raw, 'sales/d.csv', 'bytes');
    const violation = JSON.stringify({ problems: [problem], problemCount: 7 });
    const run = { JobRunState: 'FAILED', ErrorMessage: `ContractViolation: ${violation}` };
    const failure = { Error: 'States.TaskFailed', Cause: JSON.stringify(run) };
    const accepted = { ...rejected(source), status: 'accepted', problems: [], problemCount: 0, failure };
    expect(await handler({ execution: 'run-4', verdict: accepted })).toMatchObject({
      status: 'rejected',
      problems: [problem],
      problemCount: 7,
    });
  });

  it('says so as far as it can where the job was cut short', async () => {
    const source = await lake.put(zones.raw, 'sales/e.csv', 'bytes');
    const failure = { Error: 'States.TaskFailed', Cause: 'ContractViolation: {"problems":[{"code":"value-req' };
    const verdict = await handler({
      execution: 'run-5',
      verdict: { ...rejected(source), status: 'accepted', failure },
    });
    expect(verdict.problems).toEqual([expect.objectContaining({ code: 'contract-violated' })]);
  });

  it('answers a verdict that fits into the cause of an execution', async () => {
    const source = await lake.put(zones.raw, 'sales/f.csv', 'bytes');
    const long = describeProblem('column-unexpected', { column: 'x'.repeat(900) });
    const verdict = await handler({
      execution: 'run-6',
      verdict: { ...rejected(source), problems: Array(50).fill(long) },
    });
    expect(JSON.stringify(verdict).length).toBeLessThan(32_768);
    expect(verdict.problems.length).toBeGreaterThan(5);
  });

  it('copies what is too large for one call in parts', async () => {
    const mebibyte = 1024 ** 2;
    const body = Buffer.alloc(11 * mebibyte, 'abcdefg');
    const source = await lake.put(zones.raw, 'sales/large file.csv', body);
    const target = { bucket: zones.quarantine, contentType: 'text/csv', metadata: { note: 'large' } };
    await copyVersion(lake.s3, source, target, 5 * mebibyte);
    const copy = await lake.s3.send(new GetObjectCommand({ Bucket: zones.quarantine, Key: source.key }));
    expect(copy).toMatchObject({ ContentType: 'text/csv', Metadata: { note: 'large' } });
    expect(Buffer.compare(Buffer.from((await copy.Body?.transformToByteArray()) ?? []), body)).toBe(0);
  });
});
