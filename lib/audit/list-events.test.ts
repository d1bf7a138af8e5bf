/** What an administrator finds in the trail, page by page, and takes along as a file. */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Context } from '@/lib/auth/context';
import { Database } from '@/lib/db/database';
import { writeEvents } from './append-event';
import { exportEvents, listEvents } from './index';
import type { ListEvents } from './schemas';

let database: Database;
const lake = {
  rawBucket: 'raw-1',
  quarantineBucket: 'q-1',
  processedBucket: 'p-1',
  resultsBucket: 'r-1',
  database: 'retail',
};
vi.mock('@/lib/db', () => ({ db: async () => database.prisma }));
vi.mock('@/lib/aws/lake', () => ({ getLake: async () => lake }));

const as = (role: Context['role']) =>
  ({ user: { id: 'u', email: `${role}@example.com`, name: role }, role, requestId: 'own' }) as unknown as Context;
const administrator = as('administrator');
const list = (filter: ListEvents = {}) => listEvents(administrator, filter);
const subjects = async (filter: ListEvents = {}) => (await list(filter)).events.map(({ subject }) => subject);

let middle: number;
beforeAll(async () => {
  database = await Database.start({ folder: 'memory://' });
  const event = (n: number) => ({
    actorEmail: n % 2 ? 'ada@example.com' : 'bob@example.com',
    actorRole: 'engineer',
    action: n % 10 === 0 ? 'people.update' : 'files.delete',
    subject: `s3://raw-1/a/${n}.csv`,
    details: { note: n === 3 ? '=HYPERLINK("http://evil")' : `Été ${n}` },
    requestId: `r${n}`,
    outcome: n % 7 === 0 ? ('denied' as const) : ('done' as const),
    sourceIp: null,
    userAgent: null,
  });
  const write = (from: number, to: number) =>
    writeEvents(
      database.prisma,
      Array.from({ length: to - from }, (_, at) => event(from + at)),
    );
  await write(1, 61);
  await new Promise((resolve) => setTimeout(resolve, 5));
  middle = Date.now();
  await write(61, 121);
});
afterAll(() => database.close());

describe('the list', () => {
  test('is for administrators', async () => {
    await expect(listEvents(as('engineer'), {})).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(exportEvents(as('engineer'), { format: 'csv' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  test('has every event once, newest first, over its pages', async () => {
    const seen: string[] = [];
    for (let after: number | undefined, isMore = true; isMore; isMore = after !== undefined) {
      const page = await list({ after });
      seen.push(...page.events.map(({ subject }) => subject));
      after = page.next;
    }
    expect(seen).toEqual(Array.from({ length: 120 }, (_, at) => `s3://raw-1/a/${120 - at}.csv`));
  });

  test.each([
    ['a person, in any capitals', { person: 'ADA@example.com', action: 'files' }, 50],
    ['an action', { action: 'people.update' }, 12],
    ['an area', { action: 'people' }, 12],
    ['what was denied', { outcome: 'denied' }, 17],
    ['a part of the subject', { text: 'A/12' }, 2],
    ['a part of the details', { text: 'été 7' }, 11],
    ['what no pattern may mean', { text: '%' }, 0],
    ['a request', { request: 'r42' }, 1],
    ['a request that there was not', { request: `r4${'2'.repeat(50)}` }, 0],
  ] as const)('is sieved by %s', async (_, filter, count) => {
    expect(await subjects(filter)).toHaveLength(count);
  });

  test('is sieved by time, with and without what no index finds', async () => {
    expect((await subjects({ since: middle, person: 'bob@example.com' })).at(-1)).toBe('s3://raw-1/a/62.csv');
    expect((await subjects({ until: middle, text: 'raw-1' }))[0]).toBe('s3://raw-1/a/60.csv');
    expect(await subjects({ since: middle, until: middle, text: 'raw-1' })).toEqual([]);
    expect(await subjects({ since: Date.now() + 60_000 })).toEqual([]);
  });

  test('leads to what it is about', async () => {
    const [event] = (await list({ request: 'r5' })).events;
    expect(event?.link).toEqual({ kind: 'file', href: '/files/file?zone=raw&key=a%2F5.csv' });
  });

  test('refuses what is no filter', async () => {
    await expect(list({ outcome: 'x' as 'done' })).rejects.toThrow();
    await expect(list({ since: -1 })).rejects.toThrow();
    await expect(list({ text: 'x'.repeat(1000) })).rejects.toThrow();
  });
});

describe('an export', () => {
  const text = async (input: Record<string, string>) =>
    new Response((await exportEvents(administrator, input)).body).text();

  test('as CSV has a line for each event that fits, and no formula', async () => {
    const lines = (await text({ format: 'csv', person: 'ada@example.com' })).trimEnd().split('\r\n');
    expect(lines).toHaveLength(61);
    expect(lines[0]).toMatch(/^sequence,at,actorEmail/);
    expect(await text({ format: 'csv', request: 'r3' })).toContain('""note"":""=HYPERLINK');
    for (const line of lines) expect(line).not.toMatch(/(^|,)"?[=@+]/);
  });

  test('as NDJSON has what a verification needs, and is an event itself', async () => {
    const lines = (await text({ format: 'ndjson', request: 'r3' })).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { sequence: 3, hash: expect.any(String), requestId: 'r3' },
    ]);
    const [event] = (await list({ action: 'audit.export' })).events;
    expect(event).toMatchObject({
      actorEmail: 'administrator@example.com',
      details: { format: 'ndjson', request: 'r3' },
    });
  });
});
