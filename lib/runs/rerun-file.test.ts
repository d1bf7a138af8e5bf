import { GetObjectCommand, HeadObjectCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { DescribeExecutionCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Context } from '@/lib/auth/context';
import type { Role } from '@/lib/auth/permissions';
import { rerunFile } from './rerun-file';

const audited = vi.fn();
vi.mock('@/lib/audit', () => ({ recordAudit: (_ctx: unknown, row: unknown) => audited(row) }));
vi.mock('@/lib/aws/lake', () => ({
  getLake: async () => ({
    rawBucket: 'raw',
    processedBucket: 'processed',
    resultsBucket: 'results',
    stateMachineArn: 'arn:aws:states:eu-west-3:1:stateMachine:ingest',
  }),
}));

const notThere = () => Object.assign(new Error('gone'), { name: 'NoSuchKey', $metadata: { httpStatusCode: 404 } });

/** What the lake holds of `sales/a.csv`. */
interface Held {
  versions?: object[];
  markers?: object[];
  record?: object;
  input?: object;
  written?: string;
}

let started: { input?: string }[];
beforeEach(() => {
  started = [];
  audited.mockClear();
});

function contextOf(held: Held, role: Role = 'engineer'): Context {
  const s3 = async (command: object) => {
    if (command instanceof ListObjectVersionsCommand) return { Versions: held.versions, DeleteMarkers: held.markers };
    if (command instanceof GetObjectCommand && held.record) {
      return { Body: { transformToString: async () => JSON.stringify(held.record) } };
    }
    if (command instanceof HeadObjectCommand && held.written) return { Metadata: { sequencer: held.written } };
    throw notThere();
  };
  const states = async (command: object) => {
    if (command instanceof DescribeExecutionCommand && held.input) return { input: JSON.stringify(held.input) };
    if (!(command instanceof StartExecutionCommand)) throw notThere();
    started.push({ input: command.input.input ?? '' });
    return { executionArn: 'arn:aws:states:eu-west-3:1:execution:ingest:new-run' };
  };
  const aws = { s3: { send: s3 }, states: { send: states } } as unknown as Context['aws'];
  return { user: { id: '1', email: 'e@x', name: 'E' }, role, aws, requestId: 'r' };
}

const version = { Key: 'sales/a.csv', VersionId: 'v2', Size: 12, ETag: '"e"', LastModified: new Date(0) };
const event = (versionId: string, sequencer: string) => ({
  'detail-type': 'Object Created',
  detail: {
    bucket: { name: 'raw' },
    object: { key: 'sales/a.csv', 'version-id': versionId, sequencer },
    reason: 'PutObject',
  },
});
const record = {
  execution: 'old-run',
  verdict: {
    status: 'accepted',
    dataset: 'sales',
    file: 'a.csv',
    source: { bucket: 'raw', key: 'sales/a.csv', versionId: 'v2', sequencer: '0B', size: 12 },
    format: { type: 'binary', mediaType: 'text/plain' },
    graphUri: '',
    rowsChecked: 0,
    complete: true,
    problems: [],
    problemCount: 0,
  },
};

const run = async (held: Held) => {
  const answer = await rerunFile(contextOf(held), { key: 'sales/a.csv' });
  expect(answer).toEqual({ id: 'new-run' });
  return JSON.parse(started[0]?.input ?? '') as ReturnType<typeof event>;
};

describe('running a file again', () => {
  test('takes the input of the first time, as it was, and is audited', async () => {
    const input = event('v2', '0B');
    expect(await run({ versions: [version], record, input, written: '0B' })).toEqual(input);
    expect(audited).toHaveBeenCalledWith({
      action: 'runs.start',
      subject: 's3://raw/sales/a.csv',
      details: { versionId: 'v2', execution: 'new-run' },
    });
  });

  test('is not passed over for rows that a later version wrote, which is gone since', async () => {
    const input = await run({ versions: [version], record, input: event('v2', '0B'), written: '0C' });
    expect(input.detail.object.sequencer).toBe('0C');
  });

  test('makes the event anew where Step Functions has forgotten it', async () => {
    expect(await run({ versions: [version], record })).toMatchObject({
      'detail-type': 'Object Created',
      detail: {
        bucket: { name: 'raw' },
        object: { key: 'sales/a.csv', size: 12, etag: 'e', 'version-id': 'v2', sequencer: '0B' },
      },
    });
  });

  test('of which nothing is known comes before every later event', async () => {
    expect((await run({ versions: [version] })).detail.object.sequencer).toBe('0');
  });

  test('that is deleted takes its rows away again', async () => {
    const marker = { Key: 'sales/a.csv', VersionId: 'm1' };
    expect(await run({ markers: [marker], record, input: event('v2', '0B') })).toMatchObject({
      'detail-type': 'Object Deleted',
      detail: { object: { 'version-id': 'm1' } },
    });
  });

  test('needs a file, and the right to start runs', async () => {
    const other = { ...version, Key: 'sales/a.csv.gz' };
    await expect(rerunFile(contextOf({ versions: [other] }), { key: 'sales/a.csv' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(rerunFile(contextOf({}, 'analyst'), { key: 'sales/a.csv' })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    expect(started).toEqual([]);
  });
});
