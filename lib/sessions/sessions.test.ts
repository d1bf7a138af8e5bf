import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Context } from '@/lib/auth/context';
import type { Role } from '@/lib/auth/permissions';
import { findSession, openSession } from '@/lib/auth/session';
import { Database } from '@/lib/db/database';
import { endSession, endSessions, listSessions } from './index';

let database: Database;
vi.mock('@/lib/db', () => ({ db: async () => database.prisma }));

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const start = new Date('2026-11-26T10:00:00Z');
const later = (ms: number) => new Date(start.getTime() + ms);
const NOBODY = '00000000-0000-4000-8000-000000000000';

beforeAll(async () => {
  database = await Database.start({ folder: 'memory://' });
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.prisma.user.deleteMany();
  await database.prisma.auditEvent.deleteMany();
});

const create = (role: Role) =>
  database.prisma.user.create({ data: { email: `${role}@example.com`, name: `A ${role}`, role } });
const open = (userId: string, at = new Date()) =>
  openSession(
    database.prisma,
    { userId, how: 'password', origin: { sourceIp: '192.0.2.1', userAgent: 'x'.repeat(5000) } },
    at,
  );
const find = (id: string, at: Date) => findSession(database.prisma, id, at);

async function as(role: Role): Promise<Context & { sessionId: string }> {
  const { id, email, name } = await create(role);
  const sessionId = await open(id);
  // These verbs never call AWS.
  return { user: { id, email, name }, role, aws: {} as Context['aws'], requestId: 'r1', sessionId };
}

describe('a session', () => {
  test('says whose it is, and what they may do by now', async () => {
    const { id } = await create('viewer');
    const session = await open(id, start);
    await database.prisma.user.update({ where: { id }, data: { role: 'engineer' } });
    expect(await find(session, start)).toMatchObject({
      sessionId: session,
      user: { id, email: 'viewer@example.com' },
      role: 'engineer',
    });
  });

  test.each(['', 'nobody', NOBODY, "' OR '1'='1"])('of the id “%s” is nobody’s', async (id) => {
    await open((await create('viewer')).id, start);
    expect(await find(id, start)).toBeUndefined();
  });

  test('ends after twelve hours, however busy it is', async () => {
    const session = await open((await create('viewer')).id, start);
    for (let at = 0; at < 12 * HOUR_MS; at += 30 * MINUTE_MS) expect(await find(session, later(at))).toBeDefined();
    expect(await find(session, later(12 * HOUR_MS))).toBeUndefined();
  });

  test('ends after an hour alone, and is noted to the minute', async () => {
    const { id } = await create('viewer');
    const session = await open(id, start);
    const lastSeen = async () =>
      (await database.prisma.session.findUniqueOrThrow({ where: { id: session } })).lastSeenAt;
    await find(session, later(59_000));
    expect(await lastSeen()).toEqual(start);
    await find(session, later(59 * MINUTE_MS));
    expect(await lastSeen()).toEqual(later(59 * MINUTE_MS));
    expect(await find(session, later(119 * MINUTE_MS))).toBeUndefined();
  });

  test('does not come back with a clock that goes back', async () => {
    const session = await open((await create('viewer')).id, start);
    await find(session, later(10 * MINUTE_MS));
    await find(session, later(2 * MINUTE_MS));
    const { lastSeenAt } = await database.prisma.session.findUniqueOrThrow({ where: { id: session } });
    expect(lastSeenAt).toEqual(later(10 * MINUTE_MS));
  });

  test('of somebody who is switched off is over at once', async () => {
    const { id } = await create('viewer');
    const session = await open(id, start);
    await database.prisma.user.update({ where: { id }, data: { isActive: false } });
    expect(await find(session, start)).toBeUndefined();
  });

  test('that ends while it is asked stays ended', async () => {
    const { id } = await create('viewer');
    const session = await open(id, start);
    const at = later(5 * MINUTE_MS);
    await Promise.all([
      find(session, at),
      database.prisma.session.update({ where: { id: session }, data: { revokedAt: at } }),
      find(session, at),
    ]);
    expect(await find(session, at)).toBeUndefined();
  });
});

describe('one’s own sessions', () => {
  test('are listed with this one marked, and no other person’s', async () => {
    const viewer = await as('viewer');
    await open((await create('engineer')).id);
    const other = await open(viewer.user.id);
    const listed = await listSessions(viewer, {});
    expect(listed.map(({ id, isThis }) => [id, isThis]).sort()).toEqual(
      [
        [viewer.sessionId, true],
        [other, false],
      ].sort(),
    );
    expect(listed[0]?.userAgent).toHaveLength(512);
  });

  test('end one by one, which the audit tells', async () => {
    const viewer = await as('viewer');
    const other = await open(viewer.user.id);
    await endSession(viewer, { id: other });
    expect(await find(other, new Date())).toBeUndefined();
    expect(await find(viewer.sessionId, new Date())).toBeDefined();
    expect(await database.prisma.auditEvent.findMany()).toMatchObject([
      { action: 'sessions.end', subject: 'viewer@example.com', actorEmail: 'viewer@example.com' },
    ]);
  });

  test('end all but this one', async () => {
    const viewer = await as('viewer');
    await Promise.all([open(viewer.user.id), open(viewer.user.id)]);
    expect(await endSessions(viewer, {})).toEqual({ ended: 2 });
    expect((await listSessions(viewer, {})).map(({ id }) => id)).toEqual([viewer.sessionId]);
  });
});

describe('another’s sessions', () => {
  test('are not there for who is no administrator', async () => {
    const engineer = await as('engineer');
    const victim = await as('viewer');
    const userId = victim.user.id;
    await expect(listSessions(engineer, { userId })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(endSessions(engineer, { userId })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    // The same answer as for one that does not exist: an id tells nothing.
    await expect(endSession(engineer, { id: victim.sessionId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(endSession(engineer, { id: NOBODY })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await find(victim.sessionId, new Date())).toBeDefined();
  });

  test('are seen and ended by an administrator', async () => {
    const administrator = await as('administrator');
    const { user, sessionId } = await as('viewer');
    expect(await listSessions(administrator, { userId: user.id })).toMatchObject([{ id: sessionId, isThis: false }]);
    expect(await endSessions(administrator, { userId: user.id })).toEqual({ ended: 1 });
    expect(await find(sessionId, new Date())).toBeUndefined();
    expect(await find(administrator.sessionId, new Date())).toBeDefined();
    await expect(endSessions(administrator, { userId: NOBODY })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
