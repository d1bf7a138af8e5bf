/** Executions over `kill -9`: each goes on where its journal ends, and comes to its end. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  type DescribeExecutionOutput,
  type HistoryEvent,
  paginateGetExecutionHistory,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { strToU8, zipSync } from 'fflate';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type KillableLake, startKillableLake } from '../../testing/killable-lake.ts';
import { makeRole } from '../../testing/make-role.ts';

const FUNCTION = 'arn:aws:lambda:eu-west-3:000000000000:function:step';

/** Writes down each call, takes its time, and gives back its event. */
const SOURCE = `
  import { appendFileSync } from 'node:fs';
  export const handler = async (event) => {
    appendFileSync(event.log, event.step + '\\n');
    await new Promise((resolve) => setTimeout(resolve, event.ms));
    if (event.fail) throw new RangeError('no');
    return event;
  };`;

let folder: string;
let log: string;
let lake: KillableLake;
let sfn: SFNClient;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lacustre-resume-'));
  log = join(folder, 'calls.log');
  await boot();
  const lambda = new LambdaClient(lake.clientConfig);
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: 'step',
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Role: await makeRole(lake, 'function', 'lambda.amazonaws.com'),
      Timeout: 30,
      Code: { ZipFile: zipSync({ 'index.mjs': strToU8(SOURCE) }) },
    }),
  );
  lambda.destroy();
});

afterEach(async () => {
  sfn.destroy();
  await lake.kill();
  await rm(folder, { recursive: true, force: true });
});

async function boot(): Promise<void> {
  lake = await startKillableLake({ services: ['lambda', 'states'], dataFolder: join(folder, 'lake') });
  sfn = new SFNClient({ ...lake.clientConfig, maxAttempts: 1 });
}

async function restart(): Promise<void> {
  await lake.kill();
  await boot();
}

async function start(definition: object, input: unknown = {}): Promise<string> {
  const allowed = [{ Action: 'lambda:InvokeFunction', Resource: FUNCTION }];
  const roleArn = await makeRole(lake, 'machine', 'states.amazonaws.com', allowed);
  const { stateMachineArn } = await sfn.send(
    new CreateStateMachineCommand({ name: 'machine', roleArn, definition: JSON.stringify(definition) }),
  );
  const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }));
  return executionArn ?? '';
}

async function ended(executionArn: string): Promise<DescribeExecutionOutput & { events: HistoryEvent[] }> {
  for (;;) {
    const execution = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    if (execution.status !== 'RUNNING') {
      const events: HistoryEvent[] = [];
      for await (const page of paginateGetExecutionHistory({ client: sfn }, { executionArn }))
        events.push(...(page.events ?? []));
      return { ...execution, events };
    }
    await sleep(20);
  }
}

function task(step: string, ms: number, more: object = {}): object {
  return { Type: 'Task', Resource: FUNCTION, Parameters: { log, step, ms }, ...more };
}

async function calls(): Promise<string[]> {
  return (await readFile(log, 'utf8').catch(() => '')).split('\n').filter(Boolean);
}

/** Every event follows one before it, none is missing, none came twice. */
function expectWellFormed(events: HistoryEvent[]): void {
  expect(events.map(({ id }) => id)).toEqual(events.map((_, index) => index + 1));
  for (const { id = 0, previousEventId = 0 } of events.slice(1)) expect(previousEventId).toBeLessThan(id);
  const entered = events.filter(({ type }) => type?.endsWith('StateEntered')).length;
  const exited = events.filter(({ type }) => type?.endsWith('StateExited')).length;
  expect(exited).toBe(entered);
  expect(events.at(-1)?.type).toBe('ExecutionSucceeded');
}

it('calls the interrupted task again, and none that was done', async () => {
  const executionArn = await start({
    StartAt: 'One',
    States: {
      One: task('one', 0, { Next: 'Two' }),
      Two: task('two', 400, { Next: 'Three' }),
      Three: task('three', 0, { End: true }),
    },
  });
  await expect.poll(calls).toContain('two');
  await restart();
  const { status, events } = await ended(executionArn);
  expect(status).toBe('SUCCEEDED');
  expect(await calls()).toEqual(['one', 'two', 'two', 'three']);
  expectWellFormed(events);
  expect(events.filter(({ type }) => type === 'LambdaFunctionScheduled')).toHaveLength(3);
});

it('waits until the time that it was to wait for, and no longer', async () => {
  const began = Date.now();
  const executionArn = await start({ StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 3, End: true } } });
  await sleep(500);
  await restart();
  const { events } = await ended(executionArn);
  expect(Date.now() - began).toBeGreaterThan(2900);
  const [entered, exited] = ['WaitStateEntered', 'WaitStateExited'].map(
    (type) => events.find((event) => event.type === type)?.timestamp?.getTime() ?? 0,
  );
  expect((exited ?? 0) - (entered ?? 0)).toBeGreaterThanOrEqual(3000);
  expect((exited ?? 0) - (entered ?? 0)).toBeLessThan(6000);
});

it('remembers how often it has retried', async () => {
  const retried = { log, step: 'x', ms: 50, fail: true };
  const executionArn = await start({
    StartAt: 'T',
    States: {
      T: {
        Type: 'Task',
        Resource: FUNCTION,
        Parameters: retried,
        Retry: [{ ErrorEquals: ['RangeError'], MaxAttempts: 2, IntervalSeconds: 2, BackoffRate: 1 }],
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }],
        End: true,
      },
      Caught: { Type: 'Pass', End: true },
    },
  });
  await expect.poll(calls).toHaveLength(1);
  await sleep(500);
  await restart();
  const { events, output } = await ended(executionArn);
  expect(JSON.parse(output ?? '')).toMatchObject({ Error: 'RangeError' });
  expect(await calls()).toHaveLength(3);
  expect(events.filter(({ type }) => type === 'LambdaFunctionFailed')).toHaveLength(3);
});

it('survives any number of kills at any moment, in branches and iterations', { timeout: 60_000 }, async () => {
  const item = {
    Type: 'Task',
    Resource: FUNCTION,
    Parameters: { log, 'step.$': "States.Format('item {}', $.n)", ms: 60, 'n.$': '$.n' },
    End: true,
  };
  const executionArn = await start(
    {
      StartAt: 'Both',
      States: {
        Both: {
          Type: 'Parallel',
          Branches: [
            {
              StartAt: 'Each',
              States: {
                Each: {
                  Type: 'Map',
                  ItemsPath: '$.items',
                  MaxConcurrency: 2,
                  ItemSelector: { 'n.$': '$$.Map.Item.Value' },
                  ItemProcessor: { StartAt: 'Item', States: { Item: item } },
                  End: true,
                },
              },
            },
            {
              StartAt: 'Side',
              States: {
                Side: task('side', 300, { Assign: { kept: 'inner' }, Next: 'Wait' }),
                Wait: { Type: 'Wait', Seconds: 1, End: true },
              },
            },
          ],
          Next: 'Last',
        },
        Last: { Type: 'Pass', Parameters: { 'items.$': '$[0][*].n' }, End: true },
      },
    },
    { items: Array.from({ length: 30 }, (_, n) => n) },
  );
  for (let kill = 0; kill < 4; kill += 1) {
    await sleep(150 + Math.random() * 250);
    await restart();
  }
  const { status, output, events } = await ended(executionArn);
  expect(status).toBe('SUCCEEDED');
  expect(JSON.parse(output ?? '')).toEqual({ items: Array.from({ length: 30 }, (_, n) => n) });
  expectWellFormed(events);
  const done = events.filter(({ type }) => type === 'MapIterationSucceeded');
  expect(new Set(done.map(({ mapIterationSucceededEventDetails: details }) => details?.index)).size).toBe(30);
  expect(done).toHaveLength(30);
  // At most the two items and the side task under way were called again at each kill.
  expect((await calls()).length).toBeLessThanOrEqual(31 + 4 * 3);
});
