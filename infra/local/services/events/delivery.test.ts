/** Events over `kill -9`: each that was acknowledged starts its execution, and no execution starts twice. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EventBridgeClient, PutEventsCommand, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import {
  CreateStateMachineCommand,
  type ExecutionListItem,
  paginateListExecutions,
  SFNClient,
} from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type KillableLake, startKillableLake } from '../../testing/killable-lake.ts';
import { makeRole } from '../../testing/make-role.ts';

let folder: string;
let lake: KillableLake;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lacustre-events-'));
  await boot();
});

afterEach(async () => {
  await lake.kill();
  await rm(folder, { recursive: true, force: true });
});

async function boot(): Promise<void> {
  lake = await startKillableLake({ services: ['states', 'events'], dataFolder: folder });
}

/** A rule that gives every event of `app` to a machine. */
async function wire(): Promise<string> {
  const sfn = new SFNClient(lake.clientConfig);
  const events = new EventBridgeClient(lake.clientConfig);
  const { stateMachineArn = '' } = await sfn.send(
    new CreateStateMachineCommand({
      name: 'machine',
      roleArn: await makeRole(lake, 'machine', 'states.amazonaws.com'),
      definition: JSON.stringify({ StartAt: 'A', States: { A: { Type: 'Pass', End: true } } }),
    }),
  );
  const RoleArn = await makeRole(lake, 'starter', 'events.amazonaws.com', [
    { Action: 'states:StartExecution', Resource: '*' },
  ]);
  await events.send(new PutRuleCommand({ Name: 'all', EventPattern: '{"source":["app"]}' }));
  await events.send(new PutTargetsCommand({ Rule: 'all', Targets: [{ Id: 'm', Arn: stateMachineArn, RoleArn }] }));
  sfn.destroy();
  events.destroy();
  return stateMachineArn;
}

/** Puts events until the lake is gone; returns the ids of those that were acknowledged. */
async function putUntilGone(): Promise<string[]> {
  const events = new EventBridgeClient({ ...lake.clientConfig, maxAttempts: 1 });
  const ids: string[] = [];
  const Entries = Array.from({ length: 5 }, () => ({ Source: 'app', DetailType: 'Thing', Detail: '{}' }));
  try {
    for (;;) {
      const answer = await events.send(new PutEventsCommand({ Entries }));
      ids.push(...(answer.Entries ?? []).flatMap(({ EventId }) => (EventId ? [EventId] : [])));
    }
  } catch {
    return ids;
  } finally {
    events.destroy();
  }
}

async function executions(stateMachineArn: string): Promise<ExecutionListItem[]> {
  const client = new SFNClient(lake.clientConfig);
  const all: ExecutionListItem[] = [];
  for await (const page of paginateListExecutions({ client, pageSize: 1000 }, { stateMachineArn }))
    all.push(...(page.executions ?? []));
  client.destroy();
  return all;
}

it('delivers each event once, whenever the lake is killed', { timeout: 60_000 }, async () => {
  const stateMachineArn = await wire();
  const acknowledged: string[] = [];
  for (let kill = 0; kill < 3; kill += 1) {
    const putting = Promise.all([putUntilGone(), putUntilGone(), putUntilGone()]);
    await sleep(100 + Math.random() * 300);
    await lake.kill();
    acknowledged.push(...(await putting).flat());
    await boot();
  }
  expect(acknowledged.length).toBeGreaterThan(10);
  const started = async () => new Set((await executions(stateMachineArn)).map(({ name = '' }) => name.split('_')[0]));
  await expect
    .poll(
      async () => {
        const ids = await started();
        return acknowledged.filter((id) => !ids.has(id));
      },
      { timeout: 20_000 },
    )
    .toEqual([]);
  const all = await executions(stateMachineArn);
  expect((await started()).size).toBe(all.length);
  expect(all.every(({ status }) => status === 'SUCCEEDED')).toBe(true);
});
