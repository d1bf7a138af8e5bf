import { ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { DescribeExecutionCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Context } from '@/lib/auth/context';
import type { Role } from '@/lib/auth/permissions';
import { publishHeld } from './publish-held';

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

let started: string[];
beforeEach(() => {
  started = [];
  audited.mockClear();
});

const object = { key: 'sales/a.csv', 'version-id': 'v2', sequencer: '0B', size: 12 };
const event = { 'detail-type': 'Object Created', detail: { bucket: { name: 'raw' }, object } };
const request = { id: 'held-run', reason: 'The return was agreed' };

interface Held {
  error?: string;
  current?: string;
  role?: Role;
}

function contextOf({ error = 'Held', current = 'v2', role = 'engineer' }: Held): Context {
  const version = { Key: 'sales/a.csv', VersionId: current, Size: 12, ETag: '"e"', LastModified: new Date(0) };
  const s3 = async (command: object) => {
    if (command instanceof ListObjectVersionsCommand) return { Versions: [version] };
    throw Object.assign(new Error('gone'), { name: 'NoSuchKey', $metadata: { httpStatusCode: 404 } });
  };
  const states = async (command: object) => {
    if (command instanceof DescribeExecutionCommand) return { status: 'FAILED', error, input: JSON.stringify(event) };
    if (command instanceof StartExecutionCommand) started.push(command.input.input ?? '');
    return { executionArn: 'arn:aws:states:eu-west-3:1:execution:ingest:new-run' };
  };
  const aws = { s3: { send: s3 }, states: { send: states } } as unknown as Context['aws'];
  return { user: { id: '1', email: 'e@x', name: 'E' }, role, aws, requestId: 'r' };
}

test('starts a run of the same version that knows who let it pass, and why', async () => {
  expect(await publishHeld(contextOf({}), request)).toEqual({ id: 'new-run' });
  const override = { by: 'e@x', reason: 'The return was agreed', execution: 'held-run' };
  expect(JSON.parse(started[0] ?? '')).toMatchObject({
    detail: { object: { key: 'sales/a.csv', 'version-id': 'v2' } },
    override,
  });
  expect(audited).toHaveBeenCalledWith({
    action: 'runs.publishHeld',
    subject: 's3://raw/sales/a.csv',
    details: { versionId: 'v2', held: 'held-run', reason: override.reason, execution: 'new-run' },
  });
});

test.each<[string, Held, object]>([
  ['a run that ended otherwise', { error: 'Rejected' }, { code: 'CONFLICT', reason: 'runHoldsNothing' }],
  ['a file that was replaced since', { current: 'v3' }, { code: 'CONFLICT', reason: 'heldFileReplaced' }],
  ['somebody who may not start runs', { role: 'analyst' }, { code: 'FORBIDDEN' }],
])('refuses %s', async (_what, held, error) => {
  await expect(publishHeld(contextOf(held), request)).rejects.toMatchObject(error);
  expect(started).toEqual([]);
});

test('wants a reason', async () => {
  await expect(publishHeld(contextOf({}), { ...request, reason: '  ' })).rejects.toThrow();
});
