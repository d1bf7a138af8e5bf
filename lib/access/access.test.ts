import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Context } from '@/lib/auth/context';
import { hashPassword, verifyPassword } from '@/lib/auth/password';
import type { Role } from '@/lib/auth/permissions';
import { Database } from '@/lib/db/database';
import { changePassword, createPerson, listPeople, resetPassword, updatePerson } from './index';

let database: Database;
vi.mock('@/lib/db', () => ({ db: async () => database.prisma }));

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
const bob = { name: 'Bob', email: 'Bob@Example.com', role: 'analyst' } as const;

describe('people', () => {
  test('are the administrator’s business only', async () => {
    const engineer = await as('engineer');
    await expect(listPeople(engineer, {})).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(createPerson(engineer, bob)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const own = { id: engineer.user.id, role: 'administrator' } as const;
    await expect(updatePerson(engineer, own)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  test('are added with a password that works, and an audit row without it', async () => {
    const { person, password } = await createPerson(await as('administrator'), bob);
    expect(person).toMatchObject({ email: 'bob@example.com', role: 'analyst', isActive: true, lastSignInAt: null });
    expect(await verifyPassword(password, (await find(person.id)).passwordHash)).toBe(true);
    const rows = await database.prisma.auditEvent.findMany();
    expect(rows).toMatchObject([
      { action: 'people.create', subject: 'bob@example.com', actorEmail: 'administrator@example.com', requestId: 'r1' },
    ]);
    expect(JSON.stringify(rows)).not.toContain(password);
  });

  test('are not added twice', async () => {
    const administrator = await as('administrator');
    await createPerson(administrator, bob);
    await expect(createPerson(administrator, bob)).rejects.toMatchObject({ code: 'CONFLICT', reason: 'emailTaken' });
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
    const { person } = await createPerson(administrator, bob);
    const { password } = await resetPassword(administrator, { id: person.id });
    const after = await find(person.id);
    expect(await verifyPassword(password, after.passwordHash)).toBe(true);
    expect(after.sessionVersion).toBe(2);
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

  test('changes it and ends every session', async () => {
    const viewer = await as('viewer');
    await changePassword(viewer, { currentPassword: PASSWORD, newPassword: 'another good one' });
    const after = await find(viewer.user.id);
    expect(await verifyPassword('another good one', after.passwordHash)).toBe(true);
    expect(after.sessionVersion).toBe(2);
  });

  test.each([
    ['short', 'passwordTooShort'],
    ['é'.repeat(37), 'passwordTooLong'],
    [PASSWORD, 'passwordSame'],
  ])('refuses %s', async (newPassword, message) => {
    const viewer = await as('viewer');
    const change = changePassword(viewer, { currentPassword: PASSWORD, newPassword });
    await expect(change).rejects.toMatchObject({ issues: [{ path: ['newPassword'], message }] });
  });
});
