import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  ListExecutionsCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { makeRole } from '../../testing/make-role.ts';
import { startTestLake, type TestLake } from '../../testing/test-lake.ts';

let lake: TestLake;
let sfn: SFNClient;
let listener: string;

beforeAll(async () => {
  lake = await startTestLake({ services: ['states', 'events'] });
  sfn = new SFNClient(lake.clientConfig);
  listener = await machine('listener', { Type: 'Pass', End: true });
  const events = new EventBridgeClient(lake.clientConfig);
  const RoleArn = await makeRole(lake, 'starter', 'events.amazonaws.com', [
    { Action: 'states:StartExecution', Resource: listener },
  ]);
  const pattern = { source: ['aws.states'], detail: { name: [{ prefix: 'heard-' }] } };
  await events.send(new PutRuleCommand({ Name: 'status', EventPattern: JSON.stringify(pattern) }));
  await events.send(new PutTargetsCommand({ Rule: 'status', Targets: [{ Id: 'l', Arn: listener, RoleArn }] }));
  events.destroy();
});

afterAll(async () => {
  sfn.destroy();
  await lake.close();
});

async function machine(name: string, state: object): Promise<string> {
  const roleArn = await makeRole(lake, name, 'states.amazonaws.com');
  const definition = JSON.stringify({ StartAt: 'A', States: { A: state } });
  const { stateMachineArn = '' } = await sfn.send(new CreateStateMachineCommand({ name, roleArn, definition }));
  return stateMachineArn;
}

/** The events that tell of an execution, oldest first. */
async function heard(name: string) {
  const { executions = [] } = await sfn.send(new ListExecutionsCommand({ stateMachineArn: listener }));
  const described = await Promise.all(
    executions.map(({ executionArn }) => sfn.send(new DescribeExecutionCommand({ executionArn }))),
  );
  const events = described.map(({ input = '' }) => JSON.parse(input)).filter(({ detail }) => detail.name === name);
  return events.toSorted((a, b) => Number(a.detail.status !== 'RUNNING') - Number(b.detail.status !== 'RUNNING'));
}

it('tells of the beginning and the end of an execution', async () => {
  const stateMachineArn = await machine('passing', { Type: 'Pass', Result: { done: true }, End: true });
  const { executionArn = '' } = await sfn.send(
    new StartExecutionCommand({ stateMachineArn, name: 'heard-pass', input: '{"a":1}' }),
  );
  await vi.waitFor(async () => expect(await heard('heard-pass')).toHaveLength(2), { timeout: 20_000 });
  const [began, ended] = await heard('heard-pass');
  expect(began).toMatchObject({
    source: 'aws.states',
    'detail-type': 'Step Functions Execution Status Change',
    resources: [executionArn],
    detail: { executionArn, stateMachineArn, status: 'RUNNING', stopDate: null, input: '{"a":1}', output: null },
  });
  expect(ended.detail).toMatchObject({ status: 'SUCCEEDED', stopDate: expect.any(Number), output: '{"done":true}' });
});

it('tells why one failed, and that one was stopped', async () => {
  const failing = await machine('failing', { Type: 'Fail', Error: 'Rejected', Cause: 'no header' });
  await sfn.send(new StartExecutionCommand({ stateMachineArn: failing, name: 'heard-fail' }));
  await vi.waitFor(async () => expect(await heard('heard-fail')).toHaveLength(2), { timeout: 20_000 });
  expect((await heard('heard-fail'))[1].detail).toMatchObject({
    status: 'FAILED',
    error: 'Rejected',
    cause: 'no header',
  });

  const waiting = await machine('waiting', { Type: 'Wait', Seconds: 600, End: true });
  const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn: waiting, name: 'heard-stop' }));
  await sfn.send(new StopExecutionCommand({ executionArn }));
  await vi.waitFor(async () => expect(await heard('heard-stop')).toHaveLength(2), { timeout: 20_000 });
  expect((await heard('heard-stop'))[1].detail.status).toBe('ABORTED');
});

it('leaves out what is too long, and says so', async () => {
  const stateMachineArn = await machine('silent', { Type: 'Pass', Result: 1, End: true });
  const input = JSON.stringify('x'.repeat(250 * 1024));
  await sfn.send(new StartExecutionCommand({ stateMachineArn, name: 'heard-long', input }));
  await vi.waitFor(async () => expect(await heard('heard-long')).toHaveLength(2), { timeout: 20_000 });
  expect((await heard('heard-long'))[0].detail).toMatchObject({ input: null, inputDetails: { included: false } });
});
