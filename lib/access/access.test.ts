import type * as Bcrypt from 'bcryptjs';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Context } from '@/lib/auth/context';
import { hashPassword, verifyPassword } from '@/lib/auth/password';
import type { Role } from '@/lib/auth/permissions';
import { openSession } from '@/lib/auth/session';
import { Database } from '@/lib/db/database';
import { changePassword, getPerson, listPeople, resetPassword, updatePerson } from './index';

let database: Database;
vi.mock('@/lib/db', () => ({ db: async () => database.prisma }));
vi.mock('next/headers', () => ({ headers: async () => new Headers() }));

/** Hashes that are quick to make: each test makes several people, and none is about the time that a hash takes. */
vi.mock('bcryptjs', async (importOriginal) => {
  const { default: bcrypt } = await importOriginal<typeof Bcrypt>();
  const quick = {
    ...bcrypt,
    hash: (text: string) => bcrypt.hash(text, 4),
    hashSync: (text: string) => bcrypt.hashSync(text, 4),
  };
  return { default: quick };
});

const PASSWORD = 'correct horse battery';

beforeAll(async () => {
  database = await Database.start({ folder: 'memory://' });
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.prisma.user.deleteMany();
  await database.prisma.signInAttempts.deleteMany();
  await database.prisma.auditEvent.deleteMany();
});

async function as(role: Role): Promise<Context> {
  const email = `${role}@example.com`;
  const passwordHash = await hashPassword(PASSWORD);
  const { id, name } = await database.prisma.user.create({ data: { email, name: `A ${role}`, role, passwordHash } });
  // These verbs never call AWS.
  return { user: { id, email, name }, role, aws: {} as Context['aws'], requestId: 'r1' };
}

const find = (id: string) => database.prisma.user.findUniqueOrThrow({ where: { id } });
async function createBob() {
  const passwordHash = await hashPassword(PASSWORD);
  return database.prisma.user.create({
    data: { name: 'Bob', email: 'bob@example.com', role: 'analyst', passwordHash },
  });
}
const open = (userId: string) =>
  openSession(database.prisma, { userId, how: 'password', origin: { sourceIp: '192.0.2.1' } });
const openOnes = async (userId: string) =>
  (await database.prisma.session.findMany({ where: { userId, revokedAt: null } })).map(({ id }) => id);

describe('people', () => {
  test('are the administrator’s business only', async () => {
    const engineer = await as('engineer');
    await expect(listPeople(engineer, {})).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(getPerson(engineer, { id: engineer.user.id })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const own = { id: engineer.user.id, role: 'administrator' } as const;
    await expect(updatePerson(engineer, own)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  test('are listed with the ways they sign in by, and never with a password', async () => {
    const administrator = await as('administrator');
    const { id } = await createBob();
    await database.prisma.identity.create({ data: { userId: id, issuer: 'https://id.example', subject: '1' } });
    const people = await listPeople(administrator, {});
    expect(people.map(({ ways }) => ways)).toEqual([['password'], ['password', 'oidc']]);
    expect(JSON.stringify(people)).not.toContain('$2');
    expect(await getPerson(administrator, { id })).toMatchObject({ email: 'bob@example.com', role: 'analyst' });
    await expect(getPerson(administrator, { id: 'nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('who are switched off have no session left', async () => {
    const { id } = await createBob();
    await open(id);
    await updatePerson(await as('administrator'), { id, isActive: false });
    expect(await openOnes(id)).toEqual([]);
  });

  test('keep an administrator among them', async () => {
    const administrator = await as('administrator');
    const { id } = administrator.user;
    await expect(updatePerson(administrator, { id, role: 'viewer' })).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(updatePerson(administrator, { id, isActive: false })).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await find(id)).toMatchObject({ role: 'administrator', isActive: true });
  });

  test('get a new password that ends their sessions', async () => {
    const administrator = await as('administrator');
    const { id } = await createBob();
    await open(id);
    const { password } = await resetPassword(administrator, { id });
    expect(await verifyPassword(password, (await find(id)).passwordHash)).toBe(true);
    expect(await openOnes(id)).toEqual([]);
    const rows = await database.prisma.auditEvent.findMany();
    expect(rows).toMatchObject([{ action: 'people.reset-password', subject: 'bob@example.com', requestId: 'r1' }]);
    expect(JSON.stringify(rows)).not.toContain(password);
  });

  test('who are not there are NOT_FOUND', async () => {
    const id = '00000000-0000-4000-8000-000000000000';
    await expect(resetPassword(await as('administrator'), { id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('changePassword', () => {
  test('wants the current one', async () => {
    const viewer = await as('viewer');
    const wrong = { currentPassword: 'wrong', newPassword: 'another good one' };
    await expect(changePassword(viewer, wrong)).rejects.toMatchObject({ issues: [{ path: ['currentPassword'] }] });
  });

  test('is no place to guess it', async () => {
    const viewer = await as('viewer');
    const guess = () => changePassword(viewer, { currentPassword: 'wrong', newPassword: 'another good one' });
    for (let i = 0; i < 10; i++) await expect(guess()).rejects.toThrow();
    await expect(guess()).rejects.toMatchObject({ code: 'THROTTLED' });
  });

  test('changes it and ends every session but the one that asks', async () => {
    const viewer = await as('viewer');
    const [mine] = [await open(viewer.user.id), await open(viewer.user.id), await open(viewer.user.id)];
    const change = { currentPassword: PASSWORD, newPassword: 'another good one' };
    expect(await changePassword({ ...viewer, sessionId: mine }, change)).toEqual({ ended: 2 });
    expect(await openOnes(viewer.user.id)).toEqual([mine]);
    const after = await find(viewer.user.id);
    expect(await verifyPassword('another good one', after.passwordHash)).toBe(true);
  });

  test.each([
    ['short', 'passwordTooShort'],
    ['é'.repeat(37), 'passwordTooLong'],
    [PASSWORD, 'passwordSame'],
    ['Password2026!', 'passwordCommon'],
  ])('refuses %s', async (newPassword, message) => {
    const viewer = await as('viewer');
    const change = changePassword(viewer, { currentPassword: PASSWORD, newPassword });
    await expect(change).rejects.toMatchObject({ issues: [{ path: ['newPassword'], message }] });
  });
});
