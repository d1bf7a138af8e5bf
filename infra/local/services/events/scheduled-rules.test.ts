/** Rules with a schedule, through the SDK, on a clock that the tests move. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DescribeRuleCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  EventBridgeClient,
  ListRulesCommand,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  ListExecutionsCommand,
  SFNClient,
} from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeRole } from '../../testing/make-role.ts';
import { startTestLake, type TestLake } from '../../testing/test-lake.ts';

const MINUTE = 60_000;
let dataFolder: string;
let lake: TestLake;
let events: EventBridgeClient;
let sfn: SFNClient;
let machine: string;
let eventsRole: string;
let aheadMs = 0;

beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'lacustre-schedules-'));
  aheadMs = 0;
  await boot();
  eventsRole = await makeRole(lake, 'starter', 'events.amazonaws.com', [
    { Action: 'states:StartExecution', Resource: '*' },
  ]);
  const roleArn = await makeRole(lake, 'machine', 'states.amazonaws.com');
  const definition = JSON.stringify({ StartAt: 'A', States: { A: { Type: 'Succeed' } } });
  const { stateMachineArn = '' } = await sfn.send(new CreateStateMachineCommand({ name: 'm', definition, roleArn }));
  machine = stateMachineArn;
});
afterEach(async () => {
  await stop();
  await rm(dataFolder, { recursive: true, force: true });
});

async function boot(): Promise<void> {
  // Requests are signed with the machine's time, which the lake's may leave behind by minutes only.
  lake = await startTestLake({ services: ['states', 'events'], dataFolder, clock: () => Date.now() + aheadMs });
  events = new EventBridgeClient(lake.clientConfig);
  sfn = new SFNClient(lake.clientConfig);
}

async function stop(): Promise<void> {
  events.destroy();
  sfn.destroy();
  await lake.close();
}

async function rule(input: object): Promise<string> {
  const { RuleArn = '' } = await events.send(new PutRuleCommand({ Name: 'tick', ...input }));
  await events.send(new PutTargetsCommand({ Rule: 'tick', Targets: [{ Id: 'm', Arn: machine, RoleArn: eventsRole }] }));
  return RuleArn;
}

async function inputs(): Promise<Record<string, unknown>[]> {
  const { executions = [] } = await sfn.send(new ListExecutionsCommand({ stateMachineArn: machine }));
  const described = executions.map(({ executionArn }) => sfn.send(new DescribeExecutionCommand({ executionArn })));
  return (await Promise.all(described)).map(({ input = '' }) => JSON.parse(input) as Record<string, unknown>);
}

test('a target gets a Scheduled Event when its time has come', async () => {
  const before = Date.now();
  const RuleArn = await rule({ ScheduleExpression: 'rate(1 minute)' });
  expect(await events.send(new DescribeRuleCommand({ Name: 'tick' }))).toMatchObject({
    ScheduleExpression: 'rate(1 minute)',
    State: 'ENABLED',
  });
  expect((await events.send(new ListRulesCommand({}))).Rules).toMatchObject([{ ScheduleExpression: 'rate(1 minute)' }]);
  aheadMs = MINUTE;
  await expect.poll(inputs, { timeout: 10_000 }).toHaveLength(1);
  const [event] = await inputs();
  expect(event).toEqual({
    version: '0',
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: '000000000000',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    region: 'eu-west-3',
    resources: [RuleArn],
    detail: {},
  });
  expect(Date.parse(String(event?.time))).toBeGreaterThanOrEqual(Math.floor((before + MINUTE) / 1000) * 1000);
});

test('a lake that was not running makes up for what it missed with one event', async () => {
  await rule({ ScheduleExpression: 'rate(1 minute)' });
  await stop();
  aheadMs = 9 * MINUTE;
  await boot();
  await expect.poll(inputs, { timeout: 10_000 }).toHaveLength(1);
  aheadMs = 10 * MINUTE;
  await expect.poll(inputs, { timeout: 10_000 }).toHaveLength(2);
});

test('a rule that is disabled waits, and begins anew when it is enabled; one with a pattern too hears both', async () => {
  await rule({ ScheduleExpression: 'rate(1 minute)', State: 'DISABLED', EventPattern: '{"source":["app"]}' });
  aheadMs = 2 * MINUTE;
  await events.send(new EnableRuleCommand({ Name: 'tick' }));
  aheadMs = 3 * MINUTE;
  await expect.poll(inputs, { timeout: 10_000 }).toHaveLength(1);
  await events.send(new DisableRuleCommand({ Name: 'tick' }));
  expect((await inputs())[0]?.['detail-type']).toBe('Scheduled Event');
});
