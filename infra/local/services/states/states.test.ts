import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient } from '@aws-sdk/client-iam';
import {
  CreateStateMachineCommand,
  DeleteStateMachineCommand,
  DescribeExecutionCommand,
  type DescribeExecutionOutput,
  DescribeStateMachineCommand,
  DescribeStateMachineForExecutionCommand,
  GetExecutionHistoryCommand,
  type HistoryEvent,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  ListTagsForResourceCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
  TagResourceCommand,
  UpdateStateMachineCommand,
  ValidateStateMachineDefinitionCommand,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeRole } from '../../testing/make-role.ts';
import { startTestLake, type TestLake } from '../../testing/test-lake.ts';

const ROOT = {
  type: 'Root',
  arn: 'arn:aws:iam::000000000000:root',
  accountId: '000000000000',
  userId: '000000000000',
} as const;
const pass = { StartAt: 'A', States: { A: { Type: 'Pass', End: true } } };

let lake: TestLake;
let sfn: SFNClient;
let roleArn: string;
let made = 0;

beforeAll(async () => {
  lake = await startTestLake({ services: ['states'] });
  sfn = new SFNClient(lake.clientConfig);
  roleArn = await makeRole(lake, 'machine', 'states.amazonaws.com', [
    { Action: 'states:DescribeStateMachine', Resource: '*' },
  ]);
});

afterAll(async () => {
  sfn.destroy();
  await lake.close();
});

async function create(definition: object, name = `machine-${++made}`): Promise<string> {
  const { stateMachineArn } = await sfn.send(
    new CreateStateMachineCommand({ name, roleArn, definition: JSON.stringify(definition) }),
  );
  return stateMachineArn ?? '';
}

async function ended(executionArn: string | undefined): Promise<DescribeExecutionOutput> {
  for (;;) {
    const execution = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    if (execution.status !== 'RUNNING') return execution;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function run(
  definition: object,
  input: unknown = {},
): Promise<DescribeExecutionOutput & { events: HistoryEvent[] }> {
  const stateMachineArn = await create(definition);
  const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }));
  const execution = await ended(executionArn);
  const { events = [] } = await sfn.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 }));
  return { ...execution, events };
}

function types(events: HistoryEvent[]): (string | undefined)[] {
  return events.map(({ type }) => type);
}

describe('refuses', () => {
  it('a definition that is wrong, with every place', async () => {
    await expect(create({ StartAt: 'B', States: { A: { Type: 'Pass' } } })).rejects.toMatchObject({
      name: 'InvalidDefinition',
      message: expect.stringMatching(
        /^Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: Exactly one of \[Next, End\] must be given at \/States\/A, MISSING_TRANSITION_TARGET: Missing 'StartAt' target: B at \/StartAt/,
      ),
    });
  });

  it('an integration that it cannot run, by its name', async () => {
    const task = { Type: 'Task', Resource: 'arn:aws:states:::sns:publish.waitForTaskToken', End: true };
    await expect(create({ StartAt: 'A', States: { A: task } })).rejects.toMatchObject({
      name: 'InvalidDefinition',
      message: expect.stringContaining(
        'The local lake does not support the integration sns:publish.waitForTaskToken at /States/A/Resource',
      ),
    });
  });

  it('bad names, inputs and ARNs, with the codes of AWS', async () => {
    const stateMachineArn = await create(pass);
    await expect(create(pass, 'a b')).rejects.toMatchObject({ name: 'InvalidName', message: "Invalid Name: 'a b'" });
    await expect(sfn.send(new StartExecutionCommand({ stateMachineArn, name: 'a/b' }))).rejects.toMatchObject({
      name: 'InvalidName',
    });
    await expect(sfn.send(new StartExecutionCommand({ stateMachineArn, input: '{' }))).rejects.toMatchObject({
      name: 'InvalidExecutionInput',
    });
    await expect(
      sfn.send(new StartExecutionCommand({ stateMachineArn, input: JSON.stringify('x'.repeat(262_144)) })),
    ).rejects.toMatchObject({
      name: 'InvalidExecutionInput',
    });
    await expect(sfn.send(new DescribeExecutionCommand({ executionArn: 'nope' }))).rejects.toMatchObject({
      name: 'InvalidArn',
    });
    await expect(
      sfn.send(new DescribeExecutionCommand({ executionArn: 'arn:aws:states:eu-west-3:000000000000:execution:m:x' })),
    ).rejects.toMatchObject({
      name: 'ExecutionDoesNotExist',
      message: "Execution Does Not Exist: 'arn:aws:states:eu-west-3:000000000000:execution:m:x'",
    });
    await expect(
      sfn.send(new StartExecutionCommand({ stateMachineArn: `${stateMachineArn}-not` })),
    ).rejects.toMatchObject({ name: 'StateMachineDoesNotExist' });
    const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn }));
    await expect(sfn.send(new GetExecutionHistoryCommand({ executionArn, nextToken: 'x' }))).rejects.toMatchObject({
      name: 'InvalidToken',
    });
  });

  it('a person whose policies do not allow it, and a role that is not to be used', async () => {
    const iam = new IAMClient(lake.clientConfig);
    await iam.send(new CreateUserCommand({ UserName: 'stranger' }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'stranger' }));
    iam.destroy();
    const credentials = {
      accessKeyId: AccessKey?.AccessKeyId ?? '',
      secretAccessKey: AccessKey?.SecretAccessKey ?? '',
    };
    const stranger = new SFNClient({ ...lake.clientConfig, credentials });
    const stateMachineArn = await create(pass);
    await expect(stranger.send(new StartExecutionCommand({ stateMachineArn }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining(
        `user/stranger is not authorized to perform: states:StartExecution on resource: ${stateMachineArn}`,
      ),
    });
    stranger.destroy();
    const foreign = await makeRole(lake, 'foreign', 'lambda.amazonaws.com');
    const definition = JSON.stringify(pass);
    await expect(
      sfn.send(new CreateStateMachineCommand({ name: 'x', roleArn: foreign, definition })),
    ).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining('is authorized to assume the provided role'),
    });
  });

  it('another machine of the same name, but not the same one again', async () => {
    const arn = await create(pass, 'twice');
    expect(await create(pass, 'twice')).toBe(arn);
    await expect(create({ ...pass, Comment: 'other' }, 'twice')).rejects.toMatchObject({
      name: 'StateMachineAlreadyExists',
    });
  });

  it('a second execution of the same name, unless it is the same and still runs', async () => {
    const stateMachineArn = await create({ StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 60, End: true } } });
    const start = (input: string) => sfn.send(new StartExecutionCommand({ stateMachineArn, name: 'once', input }));
    const [first, again] = await Promise.all([start('{"a":1}'), start('{"a":1}')]);
    expect(again.executionArn).toBe(first.executionArn);
    await expect(start('{"a":2}')).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
    await sfn.send(new StopExecutionCommand({ executionArn: first.executionArn }));
    await expect(start('{"a":1}')).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
  });
});

describe('machines', () => {
  it('are described, listed in pages, tagged, updated and deleted', async () => {
    const stateMachineArn = await create(pass, 'lived');
    await create(pass, 'lived-on');
    const first = await sfn.send(new ListStateMachinesCommand({ maxResults: 1 }));
    const second = await sfn.send(new ListStateMachinesCommand({ nextToken: first.nextToken }));
    expect(first.stateMachines).toHaveLength(1);
    expect([...(first.stateMachines ?? []), ...(second.stateMachines ?? [])].map(({ name }) => name)).toEqual(
      expect.arrayContaining(['lived', 'lived-on']),
    );

    await sfn.send(new TagResourceCommand({ resourceArn: stateMachineArn, tags: [{ key: 'team', value: 'lake' }] }));
    expect((await sfn.send(new ListTagsForResourceCommand({ resourceArn: stateMachineArn }))).tags).toEqual([
      { key: 'team', value: 'lake' },
    ]);

    const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn }));
    await ended(executionArn);
    const changed = JSON.stringify({ ...pass, Comment: 'second' });
    const { revisionId } = await sfn.send(new UpdateStateMachineCommand({ stateMachineArn, definition: changed }));
    expect(await sfn.send(new DescribeStateMachineCommand({ stateMachineArn }))).toMatchObject({
      name: 'lived',
      status: 'ACTIVE',
      type: 'STANDARD',
      definition: changed,
      roleArn,
      revisionId,
    });
    const before = await sfn.send(new DescribeStateMachineForExecutionCommand({ executionArn }));
    expect(before.definition).toBe(JSON.stringify(pass));

    await sfn.send(new DeleteStateMachineCommand({ stateMachineArn }));
    await expect(sfn.send(new DescribeStateMachineCommand({ stateMachineArn }))).rejects.toMatchObject({
      name: 'StateMachineDoesNotExist',
    });
    await expect(sfn.send(new DescribeExecutionCommand({ executionArn }))).rejects.toMatchObject({
      name: 'ExecutionDoesNotExist',
    });
  });

  it('can be validated without being made', async () => {
    const validate = (definition: string) => sfn.send(new ValidateStateMachineDefinitionCommand({ definition }));
    expect(await validate(JSON.stringify(pass))).toMatchObject({ result: 'OK', diagnostics: [] });
    expect(await validate('{')).toMatchObject({ result: 'FAIL', diagnostics: [{ code: 'INVALID_JSON_DESCRIPTION' }] });
  });
});

describe('executions', () => {
  it('tell their history as AWS does', async () => {
    const { events, status, output } = await run(
      {
        StartAt: 'Enrich',
        States: {
          Enrich: {
            Type: 'Pass',
            Parameters: { 'name.$': '$$.Execution.Name', 'n.$': '$.n' },
            Assign: { 'kept.$': '$.n' },
            Next: 'Which',
          },
          Which: {
            Type: 'Choice',
            Choices: [{ Variable: '$.n', NumericGreaterThan: 1, Next: 'Many' }],
            Default: 'One',
          },
          Many: { Type: 'Pass', Parameters: { 'n.$': '$kept' }, Next: 'Done' },
          One: { Type: 'Fail' },
          Done: { Type: 'Succeed' },
        },
      },
      { n: 2 },
    );
    expect({ status, output }).toEqual({ status: 'SUCCEEDED', output: '{"n":2}' });
    expect(events.map(({ id, previousEventId, type }) => [id, previousEventId, type])).toEqual([
      [1, 0, 'ExecutionStarted'],
      [2, 1, 'PassStateEntered'],
      [3, 2, 'PassStateExited'],
      [4, 3, 'ChoiceStateEntered'],
      [5, 4, 'ChoiceStateExited'],
      [6, 5, 'PassStateEntered'],
      [7, 6, 'PassStateExited'],
      [8, 7, 'SucceedStateEntered'],
      [9, 8, 'SucceedStateExited'],
      [10, 9, 'ExecutionSucceeded'],
    ]);
    expect(events[0]?.executionStartedEventDetails).toEqual({
      input: '{"n":2}',
      inputDetails: { truncated: false },
      roleArn,
    });
    expect(events[2]?.stateExitedEventDetails).toMatchObject({ name: 'Enrich', assignedVariables: { kept: '2' } });
    expect(events[0]?.timestamp).toBeInstanceOf(Date);
  });

  it('give their history in pages, either way round', async () => {
    const { executionArn } = await run(pass);
    const page = (nextToken?: string, reverseOrder = false) =>
      sfn.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 3, nextToken, reverseOrder }));
    const first = await page();
    const second = await page(first.nextToken);
    expect([...types(first.events ?? []), ...types(second.events ?? [])]).toEqual([
      'ExecutionStarted',
      'PassStateEntered',
      'PassStateExited',
      'ExecutionSucceeded',
    ]);
    expect(second.nextToken).toBeUndefined();
    expect(types((await page(undefined, true)).events ?? [])[0]).toBe('ExecutionSucceeded');
  });

  it('are listed newest first, by status, in pages', async () => {
    const stateMachineArn = await create(pass);
    for (const name of ['a', 'b', 'c']) {
      await ended((await sfn.send(new StartExecutionCommand({ stateMachineArn, name }))).executionArn);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    const list = (more: object) => sfn.send(new ListExecutionsCommand({ stateMachineArn, ...more }));
    const first = await list({ maxResults: 2 });
    const rest = await list({ nextToken: first.nextToken });
    expect([first, rest].map(({ executions }) => executions?.map(({ name }) => name))).toEqual([['c', 'b'], ['a']]);
    expect((await list({ statusFilter: 'FAILED' })).executions).toEqual([]);
    expect((await list({ statusFilter: 'SUCCEEDED' })).executions).toHaveLength(3);
  });

  it('fail with the error and cause that a Fail state finds', async () => {
    const fail = { Type: 'Fail', ErrorPath: '$.error', CausePath: "States.Format('because {}', $.why)" };
    const { status, error, cause, events } = await run(
      { StartAt: 'F', States: { F: fail } },
      { error: 'Rejected', why: 'rows' },
    );
    expect({ status, error, cause }).toEqual({ status: 'FAILED', error: 'Rejected', cause: 'because rows' });
    expect(types(events)).toEqual(['ExecutionStarted', 'FailStateEntered', 'ExecutionFailed']);
  });

  it('name the state, the field and the path that found nothing', async () => {
    const { error, cause } = await run({
      StartAt: 'P',
      States: { P: { Type: 'Pass', Parameters: { 'x.$': '$.nope' }, End: true } },
    });
    expect({ error, cause }).toEqual({
      error: 'States.Runtime',
      cause:
        "An error occurred while executing the state 'P' (entered at the event id #2). The JSONPath '$.nope' specified for the field 'x.$' could not be found in the input '{}'",
    });
  });

  it('run Map and Parallel, and join them in order', async () => {
    const { output, events } = await run(
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
                    ItemSelector: { 'i.$': '$$.Map.Item.Index', 'v.$': '$$.Map.Item.Value' },
                    ItemProcessor: { StartAt: 'I', States: { I: { Type: 'Pass', End: true } } },
                    End: true,
                  },
                },
              },
              { StartAt: 'Other', States: { Other: { Type: 'Pass', Result: 'x', End: true } } },
            ],
            End: true,
          },
        },
      },
      { items: ['a', 'b'] },
    );
    expect(JSON.parse(output ?? '')).toEqual([
      [
        { i: 0, v: 'a' },
        { i: 1, v: 'b' },
      ],
      'x',
    ]);
    expect(types(events).filter((type) => type?.startsWith('Map'))).toEqual([
      'MapStateEntered',
      'MapStateStarted',
      'MapIterationStarted',
      'MapIterationStarted',
      'MapIterationSucceeded',
      'MapIterationSucceeded',
      'MapStateSucceeded',
      'MapStateExited',
    ]);
  });

  it('stop the other branches when one fails, and let Catch take the error', async () => {
    const started = performance.now();
    const { output, events } = await run({
      StartAt: 'Both',
      States: {
        Both: {
          Type: 'Parallel',
          Branches: [
            { StartAt: 'Long', States: { Long: { Type: 'Wait', Seconds: 60, End: true } } },
            { StartAt: 'Bad', States: { Bad: { Type: 'Fail', Error: 'E', Cause: 'c' } } },
          ],
          Catch: [{ ErrorEquals: ['E'], ResultPath: '$.failure', Next: 'Caught' }],
          End: true,
        },
        Caught: { Type: 'Pass', End: true },
      },
    });
    expect(JSON.parse(output ?? '')).toEqual({ failure: { Error: 'E', Cause: 'c' } });
    expect(types(events)).toContain('ParallelStateFailed');
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it('retry as told, then catch', async () => {
    const { output, events } = await run({
      StartAt: 'T',
      States: {
        T: {
          Type: 'Task',
          Resource: 'arn:aws:states:::aws-sdk:sfn:describeStateMachine',
          Parameters: { StateMachineArn: 'x' },
          Retry: [
            {
              ErrorEquals: ['Sfn.ValidationException'],
              MaxAttempts: 2,
              IntervalSeconds: 1,
              BackoffRate: 1,
              JitterStrategy: 'FULL',
            },
          ],
          Catch: [{ ErrorEquals: ['States.TaskFailed'], Next: 'Caught' }],
          End: true,
        },
        Caught: { Type: 'Pass', End: true },
      },
    });
    expect(types(events).filter((type) => type === 'TaskFailed')).toHaveLength(3);
    expect(JSON.parse(output ?? '')).toMatchObject({ Error: 'Sfn.ValidationException' });
  });

  it('speak JSONata', async () => {
    const { output } = await run(
      {
        QueryLanguage: 'JSONata',
        StartAt: 'A',
        States: {
          A: { Type: 'Pass', Assign: { total: '{% $sum($states.input.n) %}' }, Next: 'B' },
          B: { Type: 'Choice', Choices: [{ Condition: '{% $total > 5 %}', Next: 'C' }], Default: 'D' },
          C: { Type: 'Succeed', Output: { total: '{% $total %}' } },
          D: { Type: 'Fail' },
        },
      },
      { n: [1, 2, 3] },
    );
    expect(JSON.parse(output ?? '')).toEqual({ total: 6 });
  });

  it('time out as a whole', async () => {
    const { status, events } = await run({
      TimeoutSeconds: 1,
      StartAt: 'W',
      States: { W: { Type: 'Wait', Seconds: 60, End: true } },
    });
    expect(status).toBe('TIMED_OUT');
    expect(types(events)).toEqual(['ExecutionStarted', 'WaitStateEntered', 'ExecutionTimedOut']);
  });

  it('can be stopped, with a reason', async () => {
    const stateMachineArn = await create({ StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 60, End: true } } });
    const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn }));
    const { stopDate } = await sfn.send(new StopExecutionCommand({ executionArn, error: 'Stopped', cause: 'by hand' }));
    expect(await sfn.send(new DescribeExecutionCommand({ executionArn }))).toMatchObject({
      status: 'ABORTED',
      error: 'Stopped',
      cause: 'by hand',
      stopDate,
    });
  });

  it('fail rather than grow past the number of events that AWS allows', async () => {
    const { status, error } = await run({
      StartAt: 'A',
      States: {
        A: { Type: 'Pass', Next: 'B' },
        B: { Type: 'Choice', Choices: [{ Variable: '$.x', IsPresent: true, Next: 'C' }], Default: 'A' },
        C: { Type: 'Succeed' },
      },
    });
    expect({ status, error }).toEqual({ status: 'FAILED', error: 'States.Runtime' });
  });

  it('fail on a result that is larger than AWS allows', async () => {
    const twice = { 'a.$': '$', 'b.$': '$' };
    const { error } = await run(
      {
        StartAt: 'A',
        States: {
          A: { Type: 'Pass', Parameters: twice, Next: 'B' },
          B: { Type: 'Pass', Parameters: twice, End: true },
        },
      },
      'x'.repeat(100_000),
    );
    expect(error).toBe('States.DataLimitExceeded');
  });
});

it('forgets executions after 90 days, as AWS does, but none that runs', async () => {
  const later = 91 * 86_400_000;
  const dataFolder = await mkdtemp(join(tmpdir(), 'lacustre-old-'));
  const services: ['states'] = ['states'];
  const first = await startTestLake({ services, dataFolder });
  const before = new SFNClient(first.clientConfig);
  const role = await makeRole(first, 'old', 'states.amazonaws.com');
  const waiting = { StartAt: 'W', States: { W: { Type: 'Wait', Timestamp: '2030-01-01T00:00:00Z', End: true } } };
  const arns = await Promise.all(
    [pass, waiting].map(async (definition, i) => {
      const made = await before.send(
        new CreateStateMachineCommand({ name: `old-${i}`, roleArn: role, definition: JSON.stringify(definition) }),
      );
      await before.send(new StartExecutionCommand({ stateMachineArn: made.stateMachineArn, name: 'e' }));
      return made.stateMachineArn;
    }),
  );
  before.destroy();
  await first.close();

  const second = await startTestLake({ services, dataFolder, clock: () => Date.now() + later });
  // Asked from inside: the SDK would follow the clock of the answers' Date, which is the machine's.
  const count = async (stateMachineArn?: string) => {
    const list = second.lake.call<{ executions: unknown[] }>('states', 'ListExecutions', { stateMachineArn }, ROOT);
    return (await list).executions.length;
  };
  await expect.poll(() => count(arns[0])).toBe(0);
  expect(await count(arns[1])).toBe(1);
  await second.close();
  await rm(dataFolder, { recursive: true });
});
