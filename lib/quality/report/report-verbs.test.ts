import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { readLake } from '@/infra/functions/report/read-lake';
import { startTestLake, type TestLake } from '@/infra/local/testing/test-lake';
import type { Context } from '@/lib/auth/context';
import { Database } from '@/lib/db/database';
import { type QualityEvaluation, qualityEvaluationKey } from '@/lib/languages/quality/evaluation';
import { changeIncident, exportReport, getKeptReport, getReport, listIncidents, listKeptReports } from '../index';
import { makeRecord } from '../testing';

const names = vi.hoisted(() => ({
  ...{ rawBucket: 'raw', quarantineBucket: 'quarantine', resultsBucket: 'results' },
  database: 'retail',
}));
let database: Database;
vi.mock('@/lib/db', () => ({ db: async () => database.prisma }));
vi.mock('@/lib/aws/lake', () => ({ getLake: async () => names }));
vi.mock('@/lib/catalog', () => ({
  listDatasets: async () => ({ datasets: [{ name: 'sales', tables: [{ name: 'sales' }] }] }),
}));
vi.mock('../dashboard/count-runs', () => ({
  countRuns: async () => ({ succeeded: 5, failed: 1, rejected: 2, isCut: false }),
}));

const now = new Date('2026-11-21T12:00:00Z');
let lake: TestLake;
let s3: S3Client;
let viewer: Context;

beforeAll(async () => {
  [database, lake] = await Promise.all([Database.start({ folder: 'memory://' }), startTestLake({ services: ['s3'] })]);
  s3 = new S3Client(lake.clientConfig);
  for (const Bucket of ['raw', 'quarantine', 'results']) await s3.send(new CreateBucketCommand({ Bucket }));
  const user = { id: 'u1', email: 'vic@example.com', name: 'vic' };
  viewer = { user, role: 'viewer', aws: { s3 } as Context['aws'], requestId: 'r1' };
});
afterAll(async () => {
  s3.destroy();
  await Promise.all([lake.close(), database.close()]);
});

const put = (Key: string, Body: string) => s3.send(new PutObjectCommand({ Bucket: 'results', Key, Body }));
const write = (record: QualityEvaluation) => put(qualityEvaluationKey(record), JSON.stringify(record));

test('a report of a lake that nobody checked has no check, and names its tables all the same', async () => {
  const report = await getReport(viewer, {}, now);
  expect(report).toMatchObject({ evaluations: 0, tables: [{ table: 'sales' }], runs: { succeeded: 5 } });
  expect(report.checkedAt).toBeUndefined();
});

test('a report counts what is of its period, in the zone of whoever reads it', async () => {
  const rules = { 'IsComplete "town"': 4 };
  const anomalies = [{ metric: 'Dataset.*.RowCount', value: 1, lower: 2, upper: 3, points: 14 }];
  await write(makeRecord({ id: 'a', evaluatedAt: '2026-11-14T20:00:00.000Z', anomalies }));
  await write(makeRecord({ id: 'b', evaluatedAt: '2026-11-15T08:00:00.000Z', rules, anomalies }));
  await put('quality/evaluations/retail/sales/2026-11-16T08:00:00.000Z-bad.json', '{');
  const utc = await getReport(viewer, { days: '7' }, now);
  expect(utc).toMatchObject({ from: '2026-11-15', evaluations: 1, verdicts: { warned: 1 }, unreadable: 1 });
  expect(utc.anomalies).toHaveLength(1);
  expect(utc.incidents).toMatchObject({ open: 2 });
  // There the evening before was the first day already.
  const auckland = await getReport(viewer, { days: '7', timeZone: 'Pacific/Auckland' }, new Date('2026-11-21T10:00Z'));
  expect(auckland).toMatchObject({ from: '2026-11-15', evaluations: 2 });
  expect(auckland.anomalies).toHaveLength(2);
});

test('what people decide about an incident is in the lake, so that the schedule counts as the page does', async () => {
  const { id } = await database.prisma.user.create({
    data: { email: 'ann@example.com', name: 'ann', role: 'analyst', passwordHash: '-' },
  });
  const analyst: Context = { ...viewer, role: 'analyst', user: { id, email: 'ann@example.com', name: 'ann' } };
  const [first, second] = await listIncidents(viewer, {}, now);
  await changeIncident(analyst, { verb: 'resolve', id: first?.id ?? '' }, new Date('2026-11-20T08:00:00Z'));
  const until = '2026-12-01T00:00:00Z';
  await changeIncident(analyst, { verb: 'mute', id: second?.id ?? '', until }, new Date('2026-11-20T09:00:00Z'));
  const { incidents } = await getReport(viewer, { days: '7' }, now);
  expect(incidents).toEqual({ opened: 1, resolved: 1, open: 0 });
  const environment = { RESULTS_BUCKET: 'results', QUARANTINE_BUCKET: 'quarantine', DATABASE: 'retail' };
  const from = new Date('2026-11-15T00:00:00Z');
  const told = { ...environment, STATE_MACHINE_ARN: 'arn', REPORT_LANGUAGE: 'en' } as const;
  const { incidents: folded } = await readLake(s3, told, from, now);
  expect(folded.count(from, now)).toEqual(incidents);
});

test('a report is saved in the language of whoever asks, and in no other format than there is', async () => {
  const { name, body, type } = await exportReport(viewer, { days: '7', locale: 'fr' });
  expect([type, name]).toEqual(['application/pdf', expect.stringMatching(/^quality-.+\.pdf$/)]);
  expect(Buffer.from(body as Uint8Array).toString('latin1')).toMatch(/^%PDF-/);
  await expect(exportReport(viewer, { format: 'exe' as 'pdf' })).rejects.toThrow(/format/);
});

test('kept reports are listed by day, the newest first, and what else lies there is passed over', async () => {
  expect(await listKeptReports(viewer)).toEqual([]);
  for (const key of ['2026-11-16.pdf', '2026-11-16.csv', '2026-11-23.pdf', 'notes.txt'])
    await put(`quality/reports/${key}`, key);
  expect(await listKeptReports(viewer)).toMatchObject([
    { date: '2026-11-23', formats: ['pdf'] },
    { date: '2026-11-16', formats: ['csv', 'pdf'] },
  ]);
  const { body } = await getKeptReport(viewer, { date: '2026-11-16', format: 'csv' });
  expect(await new Response(body).text()).toBe('2026-11-16.csv');
  await expect(getKeptReport(viewer, { date: '2026-11-09', format: 'pdf' })).rejects.toThrow();
  await expect(getKeptReport(viewer, { date: '../evaluations', format: 'pdf' })).rejects.toThrow(/date/);
});
