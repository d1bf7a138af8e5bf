import type * as Bcrypt from 'bcryptjs';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { Database } from '@/lib/db';
import { isCommonPassword } from './common-password';
import { announce, LINK_HOURS, prepareFirstAdministrator } from './first-administrator';
import { FAILURES_MAX, FAILURES_OF_SOURCE_MAX, WINDOW_MS } from './lock-out';
import { hashPassword, newPassword } from './password';
import { signIn } from './sign-in';

/** Hashes that are quick to compare: what is counted here is attempts, a hundred of them; see password.test.ts for the time. */
vi.mock('bcryptjs', async (importOriginal) => {
  const { default: bcrypt } = await importOriginal<typeof Bcrypt>();
  const quick = {
    ...bcrypt,
    hash: (text: string) => bcrypt.hash(text, 4),
    hashSync: (text: string) => bcrypt.hashSync(text, 4),
  };
  return { default: quick };
});

let database: Database;
beforeAll(async () => {
  database = await Database.start({ folder: 'memory://' });
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.prisma.user.deleteMany();
  await database.prisma.signInAttempts.deleteMany();
  await database.prisma.invitation.deleteMany();
});

const PASSWORD = 'correct horse battery';
const start = new Date('2026-11-22T10:00:00Z');
const later = (ms: number) => new Date(start.getTime() + ms);
/** Each test comes from an address of its own, since failures count by address too. */
let sourceIp = '';
let addresses = 0;
beforeEach(() => {
  sourceIp = `192.0.2.${++addresses}`;
});
const attempt = (password: string, at = start, email = 'ada@example.com') =>
  signIn(database.prisma, { email, password }, { sourceIp, userAgent: 'test' }, at);

async function createAda(isActive = true) {
  const passwordHash = await hashPassword(PASSWORD);
  const data = { email: 'ada@example.com', name: 'Ada', role: 'engineer', passwordHash, isActive } as const;
  return database.prisma.user.create({ data });
}

describe('signIn', () => {
  test('refuses a wrong password, an unknown person and a switched-off account alike', async () => {
    await createAda(false);
    expect(await attempt(PASSWORD)).toMatchObject({ status: 'refused' });
    expect(await attempt('wrong')).toMatchObject({ status: 'refused' });
    expect(await attempt(PASSWORD, start, 'nobody@example.com')).toEqual({ status: 'refused' });
    expect(await database.prisma.session.count()).toBe(0);
  });

  test('knows the e-mail in any case, and notes when', async () => {
    const { id } = await createAda();
    const outcome = await attempt(PASSWORD, start, ' ADA@Example.com ');
    expect(outcome).toMatchObject({
      status: 'signed-in',
      person: { id, email: 'ada@example.com', name: 'Ada', role: 'engineer' },
    });
    expect((await database.prisma.user.findUniqueOrThrow({ where: { id } })).lastSignInAt).toEqual(start);
  });
});

describe('lock-out', () => {
  test('locks after ten failures, even for the right password, and opens after the window', async () => {
    await createAda();
    for (let i = 0; i < FAILURES_MAX; i++) expect(await attempt('wrong')).toMatchObject({ status: 'refused' });
    expect(await attempt(PASSWORD)).toEqual({ status: 'locked', seconds: WINDOW_MS / 1000 });
    expect(await attempt(PASSWORD, later(WINDOW_MS - 90_000))).toEqual({ status: 'locked', seconds: 90 });
    expect(await attempt(PASSWORD, later(WINDOW_MS + 1))).toMatchObject({ status: 'signed-in' });
  });

  test('does not tell by its lock who has an account', async () => {
    for (let i = 0; i < FAILURES_MAX; i++) await attempt('wrong', start, 'nobody@example.com');
    expect(await attempt('wrong', start, 'nobody@example.com')).toMatchObject({ status: 'locked' });
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
    for (let i = 0; i < FAILURES_MAX - 1; i++) expect(await attempt('wrong')).toMatchObject({ status: 'refused' });
  });
});

describe('lock-out of an address', () => {
  test('stops somebody who tries one password on everybody', async () => {
    await createAda();
    for (let i = 0; i < FAILURES_OF_SOURCE_MAX; i++) {
      expect(await attempt('wrong', start, `person${i}@example.com`)).toEqual({ status: 'refused' });
    }
    expect(await attempt(PASSWORD, later(60_000))).toEqual({ status: 'locked', seconds: WINDOW_MS / 1000 - 60 });
    sourceIp = '198.51.100.1';
    expect(await attempt(PASSWORD, later(60_000))).toMatchObject({ status: 'signed-in' });
  }, 60_000);

  test('does not count who knows their password: an office shares an address', async () => {
    await createAda();
    for (let i = 0; i < 2; i++) await attempt('wrong', start, `person${i}@example.com`);
    for (let i = 0; i < 20; i++) expect(await attempt(PASSWORD)).toMatchObject({ status: 'signed-in' });
  });
});

describe('prepareFirstAdministrator', () => {
  const email = 'Root@Example.com';
  const prepare = (password?: string) => prepareFirstAdministrator(database.prisma, { email, password }, start);

  test('makes a link where no password was given, and keeps only its hash', async () => {
    const first = await prepare();
    expect(first?.token).toHaveLength(43);
    const invitation = await database.prisma.invitation.findFirstOrThrow();
    expect(invitation).toMatchObject({ email: 'root@example.com', role: 'administrator', invitedBy: null });
    expect(invitation.expiresAt).toEqual(later(LINK_HOURS * 3_600_000));
    expect(JSON.stringify(invitation)).not.toContain(first?.token);
    const said = announce(first ?? { email: '', token: '' }, 'http://localhost:3000');
    expect(said).toContain(`http://localhost:3000/invitation/${first?.token}`);
  });

  test('makes the administrator where one was given, and does not repeat it', async () => {
    const first = await prepare(PASSWORD);
    expect(first).toEqual({ email: 'root@example.com', token: undefined });
    expect(announce(first ?? { email: '', token: '' }, 'http://localhost:3000')).not.toContain(PASSWORD);
    expect(await attempt(PASSWORD, start, email)).toMatchObject({
      status: 'signed-in',
      person: { role: 'administrator' },
    });
    expect(await prepare(PASSWORD)).toBeUndefined();
  });

  test('does not take over who is there, and lets an administrator in where none is left', async () => {
    await createAda();
    const first = await prepare(PASSWORD);
    expect(first?.token).toBeDefined();
    expect(await database.prisma.user.count()).toBe(1);
  });

  test('happens once when consoles start together', async () => {
    const made = await Promise.all([1, 2, 3].map(() => prepare(PASSWORD)));
    expect(made.filter(Boolean)).toHaveLength(1);
  });
});

describe('isCommonPassword', () => {
  test.each([
    '123456789012',
    'qwertyuiop12',
    'Password1234!',
    'liverpool2026',
    'aaaaaaaaaaaa',
    'abcabcabcabcab',
    'AdaLovelace1815',
    'lacustre-2026',
  ])('knows %s', async (password) => {
    expect(await isCommonPassword(password, 'adalovelace@example.com')).toBe(true);
  });

  test.each(['correct horse battery', 'tr0ub4dor and three', 'ééé un long mot de passe', newPassword()])(
    'takes %s',
    async (password) => {
      expect(await isCommonPassword(password, 'ada@example.com')).toBe(false);
    },
  );
});

test('made-up passwords differ', () => {
  expect(new Set(Array.from({ length: 50 }, newPassword)).size).toBe(50);
});
