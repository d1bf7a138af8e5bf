import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  DeleteRuleCommand,
  DescribeRuleCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  EventBridgeClient,
  ListRulesCommand,
  ListTagsForResourceCommand,
  ListTargetsByRuleCommand,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
  TagResourceCommand,
  type Target,
  TestEventPatternCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-eventbridge';
import { AddPermissionCommand, CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  ListExecutionsCommand,
  SFNClient,
} from '@aws-sdk/client-sfn';
import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeRole } from '../../testing/make-role.ts';
import { startTestLake, type TestLake } from '../../testing/test-lake.ts';

let lake: TestLake;
let events: EventBridgeClient;
let sfn: SFNClient;
let eventsRole: string;
let statesRole: string;
let made = 0;

beforeAll(async () => {
  lake = await startTestLake({ services: ['lambda', 'states', 'events'] });
  events = new EventBridgeClient(lake.clientConfig);
  sfn = new SFNClient(lake.clientConfig);
  eventsRole = await makeRole(lake, 'starter', 'events.amazonaws.com', [
    { Action: 'states:StartExecution', Resource: '*' },
  ]);
  statesRole = await makeRole(lake, 'machine', 'states.amazonaws.com');
});

afterAll(async () => {
  events.destroy();
  sfn.destroy();
  await lake.close();
});

/** A machine that gives back its input. */
async function machine(): Promise<string> {
  const definition = JSON.stringify({ StartAt: 'A', States: { A: { Type: 'Succeed' } } });
  const { stateMachineArn = '' } = await sfn.send(
    new CreateStateMachineCommand({ name: `m-${++made}`, definition, roleArn: statesRole }),
  );
  return stateMachineArn;
}

async function rule(pattern: object, targets: Target[]): Promise<string> {
  const Name = `rule-${++made}`;
  await events.send(new PutRuleCommand({ Name, EventPattern: JSON.stringify(pattern) }));
  await events.send(new PutTargetsCommand({ Rule: Name, Targets: targets }));
  return Name;
}

async function put(Source: string, detail: object): Promise<string> {
  const { Entries = [] } = await events.send(
    new PutEventsCommand({
      Entries: [
        { Source, DetailType: 'Thing', Detail: JSON.stringify(detail), Time: new Date('2026-01-02T03:04:05Z') },
      ],
    }),
  );
  return Entries[0]?.EventId ?? '';
}

/** The inputs of the executions of a machine, once there are `count` of them. */
async function inputs(stateMachineArn: string, count: number): Promise<unknown[]> {
  const executions = async () => (await sfn.send(new ListExecutionsCommand({ stateMachineArn }))).executions ?? [];
  await expect.poll(async () => (await executions()).length).toBe(count);
  const all = await Promise.all(
    (await executions()).map(({ executionArn }) => sfn.send(new DescribeExecutionCommand({ executionArn }))),
  );
  return all.map(({ input = '' }) => JSON.parse(input) as unknown);
}

describe('refuses', () => {
  it('patterns, schedules, buses and targets that it cannot honour', async () => {
    const put = (input: object) => events.send(new PutRuleCommand({ Name: 'r', ...input }));
    await expect(put({ EventPattern: '{"source":"x"}' })).rejects.toMatchObject({
      name: 'InvalidEventPatternException',
      message: 'Event pattern is not valid. Reason: "source" must be an object or an array',
    });
    await expect(put({ ScheduleExpression: 'rate(1 minutes)' })).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'Parameter ScheduleExpression is not valid. Reason: the unit of rate(1 minutes) must be minute.',
    });
    await expect(put({})).rejects.toMatchObject({
      message: 'Parameter(s) EventPattern or ScheduleExpression must be specified.',
    });
    await expect(put({ EventPattern: '{"source":["x"]}', EventBusName: 'other' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Event bus other does not exist.',
    });
    await expect(events.send(new DescribeRuleCommand({ Name: 'none' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Rule none does not exist on EventBus default.',
    });
    await expect(
      rule({ source: ['x'] }, [{ Id: 'q', Arn: 'arn:aws:sqs:eu-west-3:000000000000:queue' }]),
    ).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining('arn:aws:sqs:eu-west-3:000000000000:queue'),
    });
    const Arn = await machine();
    await expect(rule({ source: ['x'] }, [{ Id: 'm', Arn }])).rejects.toMatchObject({
      message: `RoleArn is required for target ${Arn}.`,
    });
  });

  it('events one by one', async () => {
    const entry = { Source: 'app', DetailType: 'Thing', Detail: '{}' };
    const { FailedEntryCount, Entries } = await events.send(
      new PutEventsCommand({
        Entries: [
          entry,
          { ...entry, Source: 'aws.s3' },
          { ...entry, Detail: '[1]' },
          { ...entry, DetailType: undefined },
        ],
      }),
    );
    expect(FailedEntryCount).toBe(3);
    expect(Entries).toEqual([
      { EventId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
      { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' },
      { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' },
      {
        ErrorCode: 'InvalidArgument',
        ErrorMessage: 'Parameter DetailType is not valid. Reason: DetailType is a required argument.',
      },
    ]);
  });
});

it('keeps rules with targets and tags', async () => {
  const Arn = await machine();
  const Name = await rule({ source: ['kept'] }, [
    { Id: 'b', Arn, RoleArn: eventsRole },
    { Id: 'a', Arn, RoleArn: eventsRole, Input: '1' },
  ]);
  const described = await events.send(new DescribeRuleCommand({ Name }));
  expect(described).toMatchObject({
    Name,
    State: 'ENABLED',
    EventPattern: '{"source":["kept"]}',
    EventBusName: 'default',
  });

  const first = await events.send(new ListTargetsByRuleCommand({ Rule: Name, Limit: 1 }));
  const second = await events.send(new ListTargetsByRuleCommand({ Rule: Name, NextToken: first.NextToken }));
  expect([first, second].map(({ Targets }) => Targets?.map(({ Id }) => Id))).toEqual([['a'], ['b']]);
  expect((await events.send(new ListRulesCommand({ NamePrefix: Name }))).Rules).toHaveLength(1);

  const ResourceARN = described.Arn;
  await events.send(
    new TagResourceCommand({
      ResourceARN,
      Tags: [
        { Key: 'team', Value: 'lake' },
        { Key: 'x', Value: 'y' },
      ],
    }),
  );
  await events.send(new UntagResourceCommand({ ResourceARN, TagKeys: ['x'] }));
  expect((await events.send(new ListTagsForResourceCommand({ ResourceARN }))).Tags).toEqual([
    { Key: 'team', Value: 'lake' },
  ]);

  await expect(events.send(new DeleteRuleCommand({ Name }))).rejects.toMatchObject({
    message: "Rule can't be deleted since it has targets.",
  });
  await events.send(new RemoveTargetsCommand({ Rule: Name, Ids: ['a', 'b'] }));
  await events.send(new DeleteRuleCommand({ Name }));
  await events.send(new DeleteRuleCommand({ Name }));
});

it('tells whether a pattern matches', async () => {
  const Event = JSON.stringify({
    id: '1',
    account: '0',
    source: 'app',
    time: 't',
    region: 'r',
    resources: [],
    'detail-type': 'd',
    detail: { n: 5 },
  });
  const test = (pattern: object) =>
    events.send(new TestEventPatternCommand({ EventPattern: JSON.stringify(pattern), Event }));
  expect((await test({ detail: { n: [{ numeric: ['>', 4] }] } })).Result).toBe(true);
  expect((await test({ detail: { n: [6] } })).Result).toBe(false);
});

describe('delivers', () => {
  it('the whole event to the machines of the rules that match, and to no other', async () => {
    const [yes, no, off] = await Promise.all([machine(), machine(), machine()]);
    await rule({ source: ['shop'], detail: { total: [{ numeric: ['>', 10] }] } }, [
      { Id: 'm', Arn: yes, RoleArn: eventsRole },
    ]);
    await rule({ source: ['shop'], detail: { total: [1] } }, [{ Id: 'm', Arn: no, RoleArn: eventsRole }]);
    const disabled = await rule({ source: ['shop'] }, [{ Id: 'm', Arn: off, RoleArn: eventsRole }]);
    await events.send(new DisableRuleCommand({ Name: disabled }));
    const id = await put('shop', { total: 11 });
    expect(await inputs(yes, 1)).toEqual([
      {
        version: '0',
        id,
        'detail-type': 'Thing',
        source: 'shop',
        account: '000000000000',
        time: '2026-01-02T03:04:05Z',
        region: 'eu-west-3',
        resources: [],
        detail: { total: 11 },
      },
    ]);
    await events.send(new EnableRuleCommand({ Name: disabled }));
    await put('shop', { total: 0 });
    expect(await inputs(off, 1)).toHaveLength(1);
    expect(await inputs(no, 0)).toEqual([]);
  });

  it('names the execution after the event', async () => {
    const stateMachineArn = await machine();
    await rule({ source: ['named'] }, [{ Id: 'm', Arn: stateMachineArn, RoleArn: eventsRole }]);
    const id = await put('named', {});
    await inputs(stateMachineArn, 1);
    const { executions = [] } = await sfn.send(new ListExecutionsCommand({ stateMachineArn }));
    expect(executions[0]?.name).toMatch(new RegExp(`^${id}_[0-9a-f-]{36}$`));
  });

  it.each<[string, Partial<Target>, unknown]>([
    ['a constant', { Input: '{"fixed":true}' }, { fixed: true }],
    ['a part', { InputPath: '$.detail.list[1]' }, 'b'],
    [
      'a text made of parts',
      {
        InputTransformer: {
          InputPathsMap: { n: '$.detail.n', list: '$.detail.list', none: '$.detail.none' },
          InputTemplate:
            '{"n": <n>, "text": "n is <n>, rule <aws.events.rule-name>", "list": <list>, "none": <none>, "quoted": "<list>"}',
        },
      },
      {
        n: 5,
        text: expect.stringMatching(/^n is 5, rule rule-\d+$/),
        list: ['a', 'b'],
        none: null,
        quoted: '["a","b"]',
      },
    ],
  ])('%s of the event', async (_, how, expected) => {
    const arn = await machine();
    const source = `part-${made}`;
    await rule({ source: [source] }, [{ Id: 'm', Arn: arn, RoleArn: eventsRole, ...how }]);
    await put(source, { n: 5, list: ['a', 'b'] });
    expect(await inputs(arn, 1)).toEqual([expected]);
  });

  it('not as a role that may not start executions, and says so in the log', async () => {
    const arn = await machine();
    const powerless = await makeRole(lake, 'powerless', 'events.amazonaws.com');
    const stranger = await makeRole(lake, 'stranger', 'lambda.amazonaws.com', [
      { Action: 'states:StartExecution', Resource: '*' },
    ]);
    await rule({ source: ['denied'] }, [
      { Id: 'p', Arn: arn, RoleArn: powerless },
      { Id: 's', Arn: arn, RoleArn: stranger },
    ]);
    await put('denied', {});
    await expect
      .poll(() => lake.logged.filter((line) => line.includes('could not be delivered, and is dropped')).length)
      .toBe(2);
    expect(lake.logged.join('')).toMatch(
      /assumed-role\/powerless\/\S+ is not authorized to perform: states:StartExecution/,
    );
    expect(await inputs(arn, 0)).toEqual([]);
  });

  it('to functions that permit it', async () => {
    const lambda = new LambdaClient(lake.clientConfig);
    const role = await makeRole(lake, 'function', 'lambda.amazonaws.com');
    const ZipFile = zipSync({
      'index.mjs': strToU8('export const handler = async (event) => console.log("got", event.detail.n)'),
    });
    const { FunctionArn = '' } = await lambda.send(
      new CreateFunctionCommand({
        FunctionName: 'listener',
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Role: role,
        Code: { ZipFile },
      }),
    );
    await rule({ source: ['heard'] }, [{ Id: 'f', Arn: FunctionArn }]);
    await put('heard', { n: 1 });
    await expect
      .poll(() => lake.logged.join(''))
      .toMatch(/events\.amazonaws\.com is not authorized to perform: lambda:InvokeFunction/);
    await lambda.send(
      new AddPermissionCommand({
        FunctionName: 'listener',
        StatementId: 'e',
        Action: 'lambda:InvokeFunction',
        Principal: 'events.amazonaws.com',
      }),
    );
    await put('heard', { n: 2 });
    const logs = new CloudWatchLogsClient(lake.clientConfig);
    const got = async () =>
      (await logs.send(new FilterLogEventsCommand({ logGroupName: '/aws/lambda/listener', filterPattern: 'got' })))
        .events ?? [];
    await expect
      .poll(async () => (await got().catch(() => [])).map(({ message }) => message?.slice(-5)))
      .toEqual(['got 2']);
    logs.destroy();
    lambda.destroy();
  });
});
