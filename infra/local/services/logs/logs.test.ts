import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  PutLogEventsCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ServiceContext } from '../../service-context.ts';
import { State } from '../../state/state.ts';
import { startTestLake, type TestLake } from '../../testing/test-lake.ts';
import type { LogsService } from './index.ts';
import { LogStore } from './log-store.ts';

const group = '/aws/lambda/lacustre-validate';
let lake: TestLake;
let client: CloudWatchLogsClient;
let logs: LogsService;
beforeAll(async () => {
  lake = await startTestLake();
  client = new CloudWatchLogsClient(lake.clientConfig);
  logs = lake.service('logs') as LogsService;
});
afterAll(() => lake.close());

const lines = (count: number, from = 0) =>
  Array.from({ length: count }, (_, n) => ({
    timestamp: 1000 + Math.floor((from + n) / 2),
    message: `line ${from + n}`,
  }));
const messages = (events: { message?: string }[] | undefined) => events?.map(({ message }) => message);

describe('groups', () => {
  it('are made once and keep their retention', async () => {
    await client.send(new CreateLogGroupCommand({ logGroupName: group }));
    await expect(client.send(new CreateLogGroupCommand({ logGroupName: group }))).rejects.toMatchObject({
      name: 'ResourceAlreadyExistsException',
    });
    await client.send(new PutRetentionPolicyCommand({ logGroupName: group, retentionInDays: 30 }));
    const { logGroups } = await client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: '/aws/lambda' }));
    expect(logGroups).toMatchObject([
      { logGroupName: group, retentionInDays: 30, arn: `arn:aws:logs:eu-west-3:000000000000:log-group:${group}:*` },
    ]);
    await expect(
      client.send(new PutRetentionPolicyCommand({ logGroupName: group, retentionInDays: 2 })),
    ).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  it('must be there', async () => {
    await expect(client.send(new DescribeLogStreamsCommand({ logGroupName: 'none' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'The specified log group does not exist.',
    });
  });
});

describe('events', () => {
  it('are read from the tail and back, then forward as they come', async () => {
    await logs.append(group, 'one', lines(5));
    const at = { logGroupName: group, logStreamName: 'one' };
    const tail = await client.send(new GetLogEventsCommand({ ...at, limit: 2 }));
    expect(messages(tail.events)).toEqual(['line 3', 'line 4']);
    const back = await client.send(new GetLogEventsCommand({ ...at, limit: 2, nextToken: tail.nextBackwardToken }));
    expect(messages(back.events)).toEqual(['line 1', 'line 2']);
    const none = await client.send(new GetLogEventsCommand({ ...at, nextToken: tail.nextForwardToken }));
    expect(none).toMatchObject({ events: [], nextForwardToken: tail.nextForwardToken });
    await logs.append(group, 'one', lines(2, 5));
    const more = await client.send(new GetLogEventsCommand({ ...at, nextToken: none.nextForwardToken }));
    expect(messages(more.events)).toEqual(['line 5', 'line 6']);
    const head = await client.send(new GetLogEventsCommand({ ...at, startFromHead: true, limit: 3 }));
    expect(messages(head.events)).toEqual(['line 0', 'line 1', 'line 2']);
    const window = await client.send(
      new GetLogEventsCommand({ ...at, startTime: 1001, endTime: 1002, startFromHead: true }),
    );
    expect(messages(window.events)).toEqual(['line 2', 'line 3']);
  });

  it('are filtered over streams, in the order of time', async () => {
    await logs.append(group, 'two', [{ timestamp: 1001, message: 'ERROR in "two": disk full' }]);
    const filter = async (filterPattern: string) =>
      messages((await client.send(new FilterLogEventsCommand({ logGroupName: group, filterPattern }))).events);
    expect(await filter('ERROR')).toEqual(['ERROR in "two": disk full']);
    expect(await filter('"disk full"')).toHaveLength(1);
    expect(await filter('?ERROR ?"line 0"')).toEqual(['line 0', 'ERROR in "two": disk full']);
    expect(await filter('-line')).toHaveLength(1);
    expect((await filter(''))?.slice(2, 5)).toEqual(['line 2', 'line 3', 'ERROR in "two": disk full']);
    await expect(filter('{ $.level = "error" }')).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  it('are filtered page by page', async () => {
    const first = await client.send(
      new FilterLogEventsCommand({ logGroupName: group, logStreamNames: ['one'], limit: 5 }),
    );
    const second = await client.send(
      new FilterLogEventsCommand({
        logGroupName: group,
        logStreamNames: ['one'],
        limit: 5,
        nextToken: first.nextToken,
      }),
    );
    expect([...(messages(first.events) ?? []), ...(messages(second.events) ?? [])]).toEqual(
      lines(7).map(({ message }) => message),
    );
    expect(second.nextToken).toBeUndefined();
  });

  it('cannot be put from outside', async () => {
    const put = client.send(
      new PutLogEventsCommand({
        logGroupName: group,
        logStreamName: 'one',
        logEvents: [{ timestamp: 1, message: 'm' }],
      }),
    );
    await expect(put).rejects.toMatchObject({ name: 'UnknownOperationException' });
  });
});

describe('bounds', () => {
  it('keep a group small by dropping its oldest lines, and lines past their retention', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lacustre-logs-'));
    const state = State.open(folder);
    let now = 0;
    const store = new LogStore({ state, clock: () => now } as ServiceContext);
    const megabyte = 'x'.repeat(200_000);
    for (let n = 0; n < 200; n++) await store.append('g', `s${n % 3}`, [{ timestamp: n, message: `${n} ${megabyte}` }]);
    const kept = [...store.events.range()].map(({ value }) => value.timestamp);
    expect(store.getGroup('g').storedBytes).toBeLessThanOrEqual(32 * 1024 * 1024);
    expect(store.getGroup('g').storedBytes).toBe(
      store.streamsOf('g').reduce((sum, { storedBytes }) => sum + storedBytes, 0),
    );
    expect(kept).toContain(199);
    await store.setRetention('g', 1);
    now = 199 + 86_400_000;
    await store.expire();
    expect([...store.events.range()].map(({ value }) => value.timestamp)).toEqual([199]);
    expect(store.streamsOf('g')).toHaveLength(1);
    await state.close();
    await rm(folder, { recursive: true });
  });
});
