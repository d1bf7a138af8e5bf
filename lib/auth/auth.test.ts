import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Database } from '@/lib/db';
import { announce, createFirstAdministrator } from './first-administrator';
import { FAILURES_MAX, WINDOW_MS } from './lock-out';
import { hashPassword, newPassword, verifyPassword } from './password';
import { signIn } from './sign-in';

let database: Database;
beforeAll(async () => {
  database = await Database.start({ folder: 'memory://' });
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.prisma.user.deleteMany();
  await database.prisma.signInAttempts.deleteMany();
});

const PASSWORD = 'correct horse battery';
const start = new Date('2026-11-22T10:00:00Z');
const later = (ms: number) => new Date(start.getTime() + ms);
const attempt = (password: string, at = start, email = 'ada@example.com') =>
  signIn(database.prisma, { email, password }, at);

async function createAda(isActive = true) {
  const passwordHash = await hashPassword(PASSWORD);
  const data = { email: 'ada@example.com', name: 'Ada', role: 'engineer', passwordHash, isActive } as const;
  return database.prisma.user.create({ data });
}

describe('signIn', () => {
  test('refuses a wrong password, an unknown person and a switched-off account alike', async () => {
    await createAda(false);
    expect(await attempt(PASSWORD)).toEqual({ status: 'refused' });
    expect(await attempt('wrong')).toEqual({ status: 'refused' });
    expect(await attempt(PASSWORD, start, 'nobody@example.com')).toEqual({ status: 'refused' });
  });

  test('takes as long for nobody as for somebody', async () => {
    const hash = await hashPassword(PASSWORD);
    const time = async (known: string | undefined) => {
      const before = performance.now();
      await verifyPassword('wrong', known);
      return performance.now() - before;
    };
    await time(hash);
    const [somebody, nobody] = [await time(hash), await time(undefined)];
    // Both are one bcrypt comparison of some 100 ms; a shortcut would take microseconds.
    expect(nobody).toBeGreaterThan(somebody / 4);
  });

  test('knows the e-mail in any case, and notes when', async () => {
    const { id } = await createAda();
    const outcome = await attempt(PASSWORD, start, ' ADA@Example.com ');
    expect(outcome).toEqual({
      status: 'signed-in',
      user: { id, email: 'ada@example.com', name: 'Ada', role: 'engineer', sessionVersion: 1 },
    });
    expect((await database.prisma.user.findUniqueOrThrow({ where: { id } })).lastSignInAt).toEqual(start);
  });
});

describe('lock-out', () => {
  test('locks after ten failures, even for the right password, and opens after the window', async () => {
    await createAda();
    for (let i = 0; i < FAILURES_MAX; i++) expect(await attempt('wrong')).toEqual({ status: 'refused' });
    expect(await attempt(PASSWORD)).toEqual({ status: 'locked' });
    expect(await attempt(PASSWORD, later(WINDOW_MS - 1))).toEqual({ status: 'locked' });
    expect(await attempt(PASSWORD, later(WINDOW_MS + 1))).toMatchObject({ status: 'signed-in' });
  });

  test('does not tell by its lock who has an account', async () => {
    for (let i = 0; i < FAILURES_MAX; i++) await attempt('wrong', start, 'nobody@example.com');
    expect(await attempt('wrong', start, 'nobody@example.com')).toEqual({ status: 'locked' });
  });

  test('counts attempts that come at once', async () => {
    await createAda();
    const outcomes = await Promise.all(Array.from({ length: FAILURES_MAX + 5 }, () => attempt('wrong')));
    expect(outcomes.filter(({ status }) => status === 'locked')).toHaveLength(5);
  });

  test('forgets the failures at a right password', async () => {
    await createAda();
    for (let i = 0; i < FAILURES_MAX - 1; i++) await attempt('wrong');
    await attempt(PASSWORD);
    for (let i = 0; i < FAILURES_MAX - 1; i++) expect(await attempt('wrong')).toEqual({ status: 'refused' });
  });
});

describe('createFirstAdministrator', () => {
  const email = 'Root@Example.com';

  test('makes up a password, tells it once, and does nothing the second time', async () => {
    const first = await createFirstAdministrator(database.prisma, { email });
    expect(first?.password).toMatch(/^([a-z2-9]{5}-){3}[a-z2-9]{5}$/);
    expect(await createFirstAdministrator(database.prisma, { email })).toBeUndefined();
    expect(await attempt(first?.password ?? '', start, email)).toMatchObject({
      status: 'signed-in',
      user: { role: 'administrator' },
    });
  });

  test('does not repeat a password that the environment gave', async () => {
    const first = await createFirstAdministrator(database.prisma, { email, password: PASSWORD });
    expect(first).toEqual({ email: 'root@example.com', password: undefined });
    expect(announce(first ?? { email: '', password: '' })).not.toContain(PASSWORD);
  });

  test('happens once when consoles start together', async () => {
    const made = await Promise.all([1, 2, 3].map(() => createFirstAdministrator(database.prisma, { email })));
    expect(made.filter(Boolean)).toHaveLength(1);
  });
});

test('made-up passwords differ', () => {
  expect(new Set(Array.from({ length: 50 }, newPassword)).size).toBe(50);
});
