/** Tasks that call services, against services that a test plays: their answers come when and as the test says. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { SecretBox } from '../../../secret-box.ts';
import { AwsError, type Caller, type CallInside, type OperationService, type Principal } from '../../../service.ts';
import type { ServiceContext } from '../../../service-context.ts';
import { State } from '../../../state/state.ts';
import { startStatesService } from '../index.ts';

type Played = (input: Record<string, unknown>, principal: Principal) => unknown;

const ROLE = 'arn:aws:iam::000000000000:role/machine';
const caller = {
  principal: principalOf('person'),
  requestId: 'r',
  sourceIp: '',
  signal: new AbortController().signal,
} satisfies Caller;

let folder: string;
let state: State;
let states: OperationService;
let services: Record<string, Played>;
let jobRunListeners: Set<(run: { jobName: string; runId: string }) => void>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lacustre-states-'));
  services = {};
  jobRunListeners = new Set();
  await boot();
});

afterEach(async () => {
  await states.close?.();
  await state.close();
  await rm(folder, { recursive: true });
});

async function boot(): Promise<void> {
  state = State.open(folder);
  const inside: CallInside = {
    async call<O>(service: string, operation: string, input: unknown, principal: Principal) {
      const played = services[`${service}:${operation}`];
      if (!played) throw new Error(`nobody plays ${service}:${operation}`);
      return (await played(input as Record<string, unknown>, principal)) as O;
    },
    authorize: () => undefined,
    asRole: (_arn, _service, session) => principalOf(session),
  };
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const ctx: ServiceContext = {
    region: 'eu-west-3',
    account: '000000000000',
    state,
    secrets: new SecretBox({ current: new Uint8Array(32) }),
    log,
    clock: Date.now,
    newId: () => crypto.randomUUID(),
    inside,
    endpoint: () => '',
  };
  states = await startStatesService(ctx, {
    onJobRunChanged(listener) {
      jobRunListeners.add(listener);
      return () => jobRunListeners.delete(listener);
    },
    outbox: { append: () => undefined },
  });
}

/** Stops as a closing lake does, and starts on the same data. */
async function reboot(): Promise<void> {
  await states.close?.();
  await state.close();
  await boot();
}

function principalOf(session: string): Principal {
  return {
    type: 'AssumedRole',
    arn: `arn:aws:sts::000000000000:assumed-role/machine/${session}`,
    accountId: '000000000000',
    userId: 'x',
  };
}

async function call(operation: string, input: object): Promise<Record<string, unknown>> {
  const found = states.operations[operation];
  if (!found) throw new Error(operation);
  return (await found.run(found.input.parse(input), caller)) as Record<string, unknown>;
}

async function start(task: object, input: unknown = {}): Promise<string> {
  const definition = JSON.stringify({ StartAt: 'T', States: { T: { Type: 'Task', End: true, ...task } } });
  const { stateMachineArn } = await call('CreateStateMachine', {
    name: `m-${Math.random()}`,
    definition,
    roleArn: ROLE,
  });
  const { executionArn } = await call('StartExecution', { stateMachineArn, name: 'run', input: JSON.stringify(input) });
  return String(executionArn);
}

async function ended(executionArn: string): Promise<Record<string, unknown>> {
  await vi.waitFor(async () => expect((await call('DescribeExecution', { executionArn })).status).not.toBe('RUNNING'), {
    timeout: 5000,
    interval: 2,
  });
  return call('DescribeExecution', { executionArn });
}

async function types(executionArn: string): Promise<unknown[]> {
  const { events } = await call('GetExecutionHistory', { executionArn });
  return (events as { type: string }[]).map(({ type }) => type);
}

const GLUE = {
  Resource: 'arn:aws:states:::glue:startJobRun.sync',
  Parameters: { JobName: 'job', Arguments: { '--a.$': '$.a' } },
};
const STARTED = new Date('2026-01-02T03:04:05.678Z');

function playJob(runs: Record<string, unknown>[]): { started: unknown[]; finish: (change: object) => void } {
  const started: unknown[] = [];
  let run: Record<string, unknown> = {};
  services['glue:StartJobRun'] = (input) => {
    started.push(input);
    run = { Id: `jr_${started.length}`, JobName: 'job', JobRunState: 'RUNNING', StartedOn: STARTED };
    runs.push(run);
    return { JobRunId: run.Id };
  };
  services['glue:GetJobRun'] = ({ RunId }) => ({ JobRun: runs.find(({ Id }) => Id === RunId) });
  return {
    started,
    finish(change) {
      Object.assign(run, change);
      for (const listener of jobRunListeners) listener({ jobName: 'job', runId: String(run.Id) });
    },
  };
}

it('starts a job, waits for its end, and gives back the whole run', async () => {
  const { started, finish } = playJob([]);
  const executionArn = await start(GLUE, { a: '1' });
  await vi.waitFor(() => expect(jobRunListeners.size).toBe(1));
  finish({ JobRunState: 'SUCCEEDED', ExecutionTime: 3 });
  const { output } = await ended(executionArn);
  expect(started).toEqual([{ JobName: 'job', Arguments: { '--a': '1' } }]);
  expect(JSON.parse(String(output))).toEqual({
    Id: 'jr_1',
    JobName: 'job',
    JobRunState: 'SUCCEEDED',
    StartedOn: STARTED.getTime(),
    ExecutionTime: 3,
  });
  expect(await types(executionArn)).toEqual([
    'ExecutionStarted',
    'TaskStateEntered',
    'TaskScheduled',
    'TaskStarted',
    'TaskSubmitted',
    'TaskSucceeded',
    'TaskStateExited',
    'ExecutionSucceeded',
  ]);
});

it('wakes when the run changes, and does not wait for the next question', async () => {
  const { finish } = playJob([]);
  const getJobRun = vi.fn(services['glue:GetJobRun']);
  services['glue:GetJobRun'] = getJobRun;
  const executionArn = await start(GLUE, { a: '1' });
  // By now it asks again only after a while.
  await new Promise((resolve) => setTimeout(resolve, 600));
  getJobRun.mockClear();
  finish({ JobRunState: 'SUCCEEDED' });
  for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
  expect(getJobRun).toHaveBeenCalled();
  await ended(executionArn);
});

it('fails with the run as its cause when the job did', async () => {
  const { finish } = playJob([]);
  const executionArn = await start(GLUE, { a: '1' });
  await vi.waitFor(() => expect(jobRunListeners.size).toBe(1));
  finish({ JobRunState: 'FAILED', ErrorMessage: 'ContractViolation: {}' });
  const { error, cause } = await ended(executionArn);
  expect(error).toBe('States.TaskFailed');
  expect(JSON.parse(String(cause))).toMatchObject({
    Id: 'jr_1',
    JobRunState: 'FAILED',
    ErrorMessage: 'ContractViolation: {}',
    StartedOn: STARTED.getTime(),
  });
});

it('waits for the same run again after a restart', async () => {
  const { started, finish } = playJob([]);
  const executionArn = await start(GLUE, { a: '1' });
  await vi.waitFor(async () => expect(await types(executionArn)).toContain('TaskSubmitted'));
  await reboot();
  await vi.waitFor(() => expect(jobRunListeners.size).toBe(1));
  finish({ JobRunState: 'SUCCEEDED' });
  expect((await ended(executionArn)).status).toBe('SUCCEEDED');
  expect(started).toHaveLength(1);
});

it.each([
  ['stopped', (executionArn: string) => call('StopExecution', { executionArn }), 'ABORTED'],
  ['out of time', () => Promise.resolve({}), 'FAILED'],
])('stops the job when the execution is %s', async (_, act, status) => {
  playJob([]);
  const stopped: unknown[] = [];
  services['glue:BatchStopJobRun'] = (input) => stopped.push(input);
  const executionArn = await start({ ...GLUE, TimeoutSeconds: 1 }, { a: '1' });
  await vi.waitFor(async () => expect(await types(executionArn)).toContain('TaskSubmitted'));
  await act(executionArn);
  expect(await ended(executionArn)).toMatchObject({ status, ...(status === 'FAILED' && { error: 'States.Timeout' }) });
  expect(stopped).toEqual([{ JobName: 'job', JobRunIds: ['jr_1'] }]);
});

it('names what a service refused as AWS does', async () => {
  services['glue:StartJobRun'] = () => {
    throw new AwsError('ConcurrentRunsExceededException', 'Concurrent runs exceeded for job');
  };
  const refused = await ended(
    await start({ Resource: 'arn:aws:states:::glue:startJobRun', Parameters: { JobName: 'job' } }),
  );
  expect(refused).toMatchObject({
    error: 'Glue.ConcurrentRunsExceededException',
    cause: 'Concurrent runs exceeded for job (Service: Glue, Status Code: 400)',
  });
  services['lambda:Invoke'] = () => {
    throw new AwsError('AccessDenied', 'User: x is not authorized to perform: lambda:InvokeFunction', 403);
  };
  const denied = await ended(
    await start({ Resource: 'arn:aws:states:::lambda:invoke', Parameters: { FunctionName: 'f' } }),
  );
  expect(denied).toMatchObject({
    error: 'Lambda.AWSLambdaException',
    cause: expect.stringContaining('Error Code: AccessDeniedException'),
  });
});

it('gives the errors of functions their own names', async () => {
  services['lambda:Invoke'] = () => ({
    StatusCode: 200,
    FunctionError: 'Unhandled',
    Payload: '{"errorType":"RangeError","errorMessage":"too far"}',
  });
  const failed = await ended(await start({ Resource: 'arn:aws:lambda:eu-west-3:000000000000:function:f' }));
  expect(failed).toMatchObject({ error: 'RangeError', cause: '{"errorType":"RangeError","errorMessage":"too far"}' });
});

it('invokes functions as the machine’s role, with the execution’s name', async () => {
  const calls: unknown[] = [];
  services['lambda:Invoke'] = (input, { arn }) => {
    calls.push([input, arn]);
    return { StatusCode: 200, ExecutedVersion: '$LATEST', Payload: '{"ok":true}' };
  };
  const { output } = await ended(
    await start(
      { Resource: 'arn:aws:states:::lambda:invoke', Parameters: { FunctionName: 'f', 'Payload.$': '$' } },
      { x: 1 },
    ),
  );
  expect(calls).toEqual([
    [{ FunctionName: 'f', Payload: '{"x":1}' }, 'arn:aws:sts::000000000000:assumed-role/machine/run'],
  ]);
  expect(JSON.parse(String(output))).toMatchObject({
    Payload: { ok: true },
    StatusCode: 200,
    ExecutedVersion: '$LATEST',
  });
});

it('runs a query to its end, with the same token after a restart', async () => {
  const tokens: unknown[] = [];
  let isDone = false;
  let hold: Promise<void> | undefined;
  const held = Promise.withResolvers<void>();
  hold = held.promise;
  services['athena:StartQueryExecution'] = async ({ ClientRequestToken }) => {
    tokens.push(ClientRequestToken);
    await hold;
    return { QueryExecutionId: 'q' };
  };
  services['athena:GetQueryExecution'] = () => ({
    QueryExecution: {
      QueryExecutionId: 'q',
      Status: { State: isDone ? 'SUCCEEDED' : 'RUNNING', CompletionDateTime: STARTED },
    },
  });
  const executionArn = await start({
    Resource: 'arn:aws:states:::athena:startQueryExecution.sync',
    Parameters: { QueryString: 'SELECT 1' },
  });
  await vi.waitFor(() => expect(tokens).toHaveLength(1));
  // The lake stops before Athena has answered: the query is asked for once more, and Athena knows the token.
  await reboot();
  hold = undefined;
  held.resolve();
  await vi.waitFor(async () => expect(await types(executionArn)).toContain('TaskSubmitted'));
  isDone = true;
  const { output } = await ended(executionArn);
  expect(JSON.parse(String(output))).toEqual({
    QueryExecution: { QueryExecutionId: 'q', Status: { State: 'SUCCEEDED', CompletionDateTime: STARTED.getTime() } },
  });
  expect(tokens[0]).toMatch(/^[0-9a-f]{64}$/);
  expect(tokens[1]).toBe(tokens[0]);
});

it('calls any operation of the lake', async () => {
  services['glue:GetTable'] = (input) => ({ Table: { ...input, CreateTime: STARTED } });
  const { output } = await ended(
    await start({ Resource: 'arn:aws:states:::aws-sdk:glue:getTable', Parameters: { Name: 't' } }),
  );
  expect(JSON.parse(String(output))).toEqual({ Table: { Name: 't', CreateTime: STARTED.toISOString() } });
});

it('ends an execution that met a fault of ours, rather than leave it', async () => {
  services['lambda:Invoke'] = () => ({ StatusCode: 200, Payload: 'no JSON' });
  expect(
    await ended(await start({ Resource: 'arn:aws:states:::lambda:invoke', Parameters: { FunctionName: 'f' } })),
  ).toMatchObject({ status: 'FAILED' });
});

it('takes executions up again when their journal could not be kept for a while', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  services['lambda:Invoke'] = async () => {
    await promise;
    return { StatusCode: 200, Payload: '1' };
  };
  const executionArn = await start({ Resource: 'arn:aws:lambda:eu-west-3:000000000000:function:f' });
  const full = vi.spyOn(state, 'commit').mockRejectedValueOnce(new Error('No space left on device'));
  resolve();
  expect(await ended(executionArn)).toMatchObject({ status: 'SUCCEEDED', output: '1' });
  expect(full).toHaveBeenCalled();
});
