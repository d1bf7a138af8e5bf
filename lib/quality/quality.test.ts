import { CreateBucketCommand, DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { startTestLake, type TestLake } from '@/infra/local/testing/test-lake';
import type { Context } from '@/lib/auth/context';
import type { Role } from '@/lib/auth/permissions';
import { Database } from '@/lib/db/database';
import { type QualityEvaluation, qualityEvaluationKey } from '@/lib/languages/quality/evaluation';
import { changeIncident, getIncident, listAssignees, listIncidents } from './index';
import { syncRecords } from './records/sync-records';
import { makeRecord } from './testing';

const names = vi.hoisted(() => ({ rawBucket: 'raw', quarantineBucket: 'quarantine', resultsBucket: 'results' }));
let database: Database;
vi.mock('@/lib/db', () => ({ db: async () => database.prisma }));
vi.mock('@/lib/aws/lake', () => ({ getLake: async () => names }));

let lake: TestLake;
let s3: S3Client;
let [analyst, viewer] = [] as unknown as [Context, Context];

beforeAll(async () => {
  [database, lake] = await Promise.all([Database.start({ folder: 'memory://' }), startTestLake({ services: ['s3'] })]);
  s3 = new S3Client(lake.clientConfig);
  for (const Bucket of Object.values(names)) await s3.send(new CreateBucketCommand({ Bucket }));
  analyst = await person('ann', 'analyst');
  viewer = await person('vic', 'viewer');
});
afterAll(async () => {
  s3.destroy();
  await Promise.all([lake.close(), database.close()]);
});
const written: string[] = [];
beforeEach(async () => {
  for (const Key of written.splice(0)) await s3.send(new DeleteObjectCommand({ Bucket: 'results', Key }));
  await database.prisma.qualityEvaluation.deleteMany();
  await database.prisma.unreadableEvaluation.deleteMany();
  await database.prisma.incident.deleteMany();
});

async function person(name: string, role: Role): Promise<Context> {
  const email = `${name}@example.com`;
  const { id } = await database.prisma.user.create({ data: { email, name, role, passwordHash: '-' } });
  return { user: { id, email, name }, role, aws: { s3 } as Context['aws'], requestId: 'r1' };
}

let number = 0;
/** Writes a record as the function does; `hour` orders it. */
async function write(hour: number, given: Parameters<typeof makeRecord>[0] = {}): Promise<QualityEvaluation> {
  const evaluatedAt = at(hour).toISOString();
  number += 1;
  const record = makeRecord({ id: `e${number}`, evaluatedAt, ...given });
  await put(qualityEvaluationKey(record), JSON.stringify(record));
  return record;
}
async function put(Key: string, Body: string): Promise<void> {
  written.push(Key);
  await s3.send(new PutObjectCommand({ Bucket: 'results', Key, Body }));
}
const source = { bucket: 'raw', key: 'sales/may.csv', versionId: 'v1' };
const RULE = 'Completeness "amount" > 0.95';
const broken = { rules: { [RULE]: 12 } };
const at = (hour: number) => new Date(Date.UTC(2026, 10, 20) + hour * 3_600_000);
const incidents = (show: 'open' | 'muted' | 'resolved' | 'all' = 'open', now = at(30)) =>
  listIncidents(analyst, { show }, now);
const only = async () => {
  const found = await incidents('all');
  expect(found).toHaveLength(1);
  return getIncident(analyst, { id: found[0]?.id ?? '' });
};
const kinds = async () => (await only()).events.map(({ kind }) => kind);

describe('records', () => {
  test('that cannot be read are named, and stop nothing', async () => {
    await put('quality/evaluations/retail/sales/2026-11-20T01:00:00.000Z-bad.json', '{"id": 7');
    await put('quality/evaluations/retail/sales/2026-11-20T02:00:00.000Z-odd.json', '{"id": "x"}');
    await write(3, broken);
    await syncRecords(viewer);
    await syncRecords(viewer);
    expect(await database.prisma.qualityEvaluation.count()).toBe(1);
    const unreadable = await database.prisma.unreadableEvaluation.findMany({ orderBy: { key: 'asc' } });
    expect(unreadable.map(({ key }) => key.slice(-8))).toEqual(['bad.json', 'odd.json']);
    expect(unreadable[1]?.reason).toContain('evaluatedAt');
  });

  test('count once, however many look at the same moment', async () => {
    for (const hour of [1, 2, 3]) await write(hour, broken);
    await Promise.all([syncRecords(analyst), syncRecords(viewer), syncRecords(analyst)]);
    await syncRecords(analyst);
    expect(await database.prisma.qualityEvaluation.count()).toBe(3);
    expect(await only()).toMatchObject({ occurrences: 3, state: 'open', seenAt: at(3).getTime() });
    expect(await kinds()).toEqual(['opened']);
  });

  test('are found behind those that are known, also where one was written late', async () => {
    await write(5);
    await syncRecords(analyst);
    const late = makeRecord({ id: 'late', evaluatedAt: '2026-11-20T04:50:00.000Z', ...broken });
    await put(qualityEvaluationKey(late), JSON.stringify(late));
    await write(6);
    await syncRecords(analyst);
    expect(await database.prisma.qualityEvaluation.count()).toBe(3);
    // It tells of what was before: the table has passed since.
    expect(await incidents('all')).toEqual([]);
  });
});

describe('an incident', () => {
  test('is opened once for a rule, and closed by the first check that finds it gone', async () => {
    await write(1, broken);
    expect(await incidents()).toMatchObject([
      { kind: 'rule', subject: RULE, table: 'sales', occurrences: 1, facts: { failingRows: 12, checkedRows: 100 } },
    ]);
    await write(2, broken);
    await write(3);
    expect(await incidents()).toEqual([]);
    expect(await only()).toMatchObject({ state: 'resolved', resolvedAt: at(3).getTime(), occurrences: 2 });
    expect(await kinds()).toEqual(['opened', 'gone']);
    await write(4, broken);
    expect(await incidents()).toHaveLength(1);
    expect(await incidents('all')).toHaveLength(2);
  });

  test('is one for each table, rule and metric', async () => {
    const anomaly = { metric: 'Dataset.*.RowCount', value: 3, lower: 90, upper: 110, points: 20 };
    await write(1, { rules: { [RULE]: 1, 'IsUnique "town"': 2 }, anomalies: [anomaly] });
    await write(1, { table: 'stock', ...broken });
    expect((await incidents()).map(({ kind, table }) => `${table} ${kind}`).sort()).toEqual([
      'sales anomaly',
      'sales rule',
      'sales rule',
      'stock rule',
    ]);
    await write(2, { rules: { [RULE]: 1 } });
    expect((await incidents()).map(({ table }) => table).sort()).toEqual(['sales', 'stock']);
  });

  test('of a held file leaves what is said of the table alone, and goes with a version that passes', async () => {
    await s3.send(new PutObjectCommand({ Bucket: 'raw', Key: source.key, Body: 'x' }));
    await write(1, broken);
    await write(2, { ...broken, gate: 'block', verdict: 'held', trigger: 'run', source });
    expect((await incidents()).map(({ kind }) => kind).sort()).toEqual(['held', 'rule']);
    await write(3, { verdict: 'passed', trigger: 'run', source: { ...source, versionId: 'v2' } });
    expect(await incidents()).toEqual([]);
    const held = (await incidents('all')).find(({ kind }) => kind === 'held');
    const { events } = await getIncident(analyst, { id: held?.id ?? '' });
    expect(events.map(({ kind }) => kind)).toEqual(['opened', 'replaced']);
  });

  test('of a held file goes with the file, seen by who may see files', async () => {
    await s3.send(new PutObjectCommand({ Bucket: 'quarantine', Key: source.key, Body: 'x' }));
    await s3.send(new DeleteObjectCommand({ Bucket: 'raw', Key: source.key }));
    await write(1, { ...broken, gate: 'quarantine', verdict: 'quarantined', trigger: 'run', source });
    expect(await incidents()).toMatchObject([{ kind: 'held', subject: source.key, facts: { rules: [RULE] } }]);
    await s3.send(new DeleteObjectCommand({ Bucket: 'quarantine', Key: source.key }));
    expect(await listIncidents(viewer, {})).toHaveLength(1);
    expect(await incidents()).toEqual([]);
    expect(await kinds()).toEqual(['opened', 'deleted']);
  });

  test('of a file that was mended before anybody looked was never one', async () => {
    await write(2, { verdict: 'passed', trigger: 'run', source });
    await syncRecords(analyst);
    await write(2 - 0.25, { ...broken, gate: 'block', verdict: 'held', trigger: 'run', source });
    expect(await incidents('all')).toEqual([]);
  });

  test('that is muted opens nothing until its end, not even when it had gone meanwhile', async () => {
    await write(1, broken);
    const { id } = await only();
    await changeIncident(analyst, { verb: 'mute', id, until: at(5).toISOString() }, at(1.5));
    expect(await incidents('open', at(2))).toEqual([]);
    expect(await incidents('muted', at(2))).toHaveLength(1);
    await write(2);
    await write(3, broken);
    expect(await incidents('open', at(4))).toEqual([]);
    expect(await incidents('all')).toHaveLength(1);
    await write(6, broken);
    expect(await incidents('open', at(7))).toHaveLength(1);
    expect(await incidents('all')).toHaveLength(2);
  });

  test('that a person resolved stays so for what was found before, and may be opened again', async () => {
    await write(1, broken);
    const { id } = await only();
    await changeIncident(analyst, { verb: 'resolve', id, text: 'told the supplier' }, at(3));
    await write(1.2, broken);
    expect(await incidents()).toEqual([]);
    await changeIncident(analyst, { verb: 'reopen', id }, at(4));
    // The check began before somebody said that it is there again.
    await write(3.9);
    expect(await incidents()).toHaveLength(1);
    await write(4.2);
    expect(await incidents()).toEqual([]);
    expect(await kinds()).toEqual(['opened', 'resolved', 'reopened', 'gone']);
  });

  test('cannot be opened again beside another of its cause', async () => {
    await write(1, broken);
    const { id } = await only();
    await changeIncident(analyst, { verb: 'resolve', id }, at(1.5));
    await write(2, broken);
    await syncRecords(analyst);
    await expect(changeIncident(analyst, { verb: 'reopen', id })).rejects.toMatchObject({
      code: 'CONFLICT',
      reason: 'incidentOpenAgain',
    });
    expect((await getIncident(analyst, { id })).events.map(({ kind }) => kind)).toEqual(['opened', 'resolved']);
  });

  test('is acknowledged, given to somebody and talked about, with an audit row for each', async () => {
    await write(1, broken);
    const { id } = await only();
    await changeIncident(analyst, { verb: 'acknowledge', id });
    await expect(changeIncident(analyst, { verb: 'acknowledge', id })).rejects.toMatchObject({ code: 'CONFLICT' });
    expect((await listAssignees(analyst)).map(({ email }) => email)).toEqual(['ann@example.com']);
    await changeIncident(analyst, { verb: 'assign', id, to: 'ann@example.com' });
    await expect(changeIncident(analyst, { verb: 'assign', id, to: 'vic@example.com' })).rejects.toMatchObject({
      reason: 'notAssignable',
    });
    await changeIncident(analyst, { verb: 'comment', id, text: 'Paris sends it tomorrow.' });
    expect(await only()).toMatchObject({ state: 'acknowledged', assignee: 'ann@example.com' });
    expect((await only()).events).toMatchObject([
      { kind: 'opened' },
      { kind: 'acknowledged', by: 'ann@example.com' },
      { kind: 'assigned', text: 'ann@example.com' },
      { kind: 'commented', text: 'Paris sends it tomorrow.' },
    ]);
    const audited = await database.prisma.auditEvent.findMany({ where: { subject: id } });
    expect(audited.map(({ action }) => action).sort()).toEqual([
      'incidents.acknowledge',
      'incidents.assign',
      'incidents.comment',
    ]);
  });

  test('is only looked at by viewers, and a mute has an end', async () => {
    await write(1, broken);
    const { id } = await only();
    await expect(changeIncident(viewer, { verb: 'acknowledge', id })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(
      changeIncident(analyst, { verb: 'mute', id, until: '2036-01-01T00:00:00.000Z' }, at(1)),
    ).rejects.toMatchObject({ reason: 'muteEnd' });
    await expect(changeIncident(analyst, { verb: 'resolve', id: 'none' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
