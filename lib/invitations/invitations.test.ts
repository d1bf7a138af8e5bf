import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Context } from '@/lib/auth/context';
import { prepareFirstAdministrator } from '@/lib/auth/first-administrator';
import type { Role } from '@/lib/auth/permissions';
import { signIn } from '@/lib/auth/sign-in';
import { Database } from '@/lib/db/database';
import { acceptInvitation, createInvitation, findInvitation, listInvitations, withdrawInvitation } from './index';

let database: Database;
vi.mock('@/lib/db', () => ({ db: async () => database.prisma }));

const DAY_MS = 86_400_000;
const PASSWORD = 'correct horse battery';
const origin = { sourceIp: '192.0.2.1' };
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS);

beforeAll(async () => {
  database = await Database.start({ folder: 'memory://' });
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.prisma.user.deleteMany();
  await database.prisma.invitation.deleteMany();
  await database.prisma.auditEvent.deleteMany();
  await database.prisma.signInAttempts.deleteMany();
});

async function as(role: Role): Promise<Context> {
  const email = `${role}@example.com`;
  const { id, name } = await database.prisma.user.create({
    data: { email, name: `A ${role}`, role, passwordHash: 'any' },
  });
  // These verbs never call AWS.
  return { user: { id, email, name }, role, aws: {} as Context['aws'], requestId: 'r1' };
}

const invite = async (email = 'bob@example.com', role: Role = 'analyst') =>
  createInvitation(await as('administrator'), { email, role });
const accept = (token: string, more: { name?: string; email?: string; password?: string } = {}, now = new Date()) =>
  acceptInvitation({ token, name: 'Bob', password: PASSWORD, ...more }, origin, now);
const unusable = { code: 'NOT_FOUND', reason: 'invitationUnusable' };

describe('an invitation', () => {
  test('is the administrator’s to make, see and withdraw', async () => {
    const engineer = await as('engineer');
    const { invitation } = await invite();
    const refused = { code: 'FORBIDDEN' };
    const wish = { email: 'me@example.com', role: 'administrator' } as const;
    await expect(createInvitation(engineer, wish)).rejects.toMatchObject(refused);
    await expect(listInvitations(engineer, {})).rejects.toMatchObject(refused);
    await expect(withdrawInvitation(engineer, { id: invitation.id })).rejects.toMatchObject(refused);
  });

  test('makes a person with the password of their choice, who can sign in', async () => {
    const { token } = await invite(' Bob@Example.com ');
    expect(await accept(token)).toEqual({ email: 'bob@example.com' });
    const outcome = await signIn(database.prisma, { email: 'bob@example.com', password: PASSWORD }, origin);
    expect(outcome).toMatchObject({ status: 'signed-in', person: { name: 'Bob', role: 'analyst' } });
    const rows = await database.prisma.auditEvent.findMany({ orderBy: { at: 'asc' } });
    expect(rows).toMatchObject([
      { action: 'invitations.create', subject: 'bob@example.com', actorEmail: 'administrator@example.com' },
      { action: 'invitations.accept', subject: 'bob@example.com', actorEmail: 'bob@example.com' },
    ]);
    const kept = JSON.stringify([rows, await database.prisma.invitation.findMany()]);
    expect(kept).not.toContain(token);
    expect(kept).not.toContain(PASSWORD);
  });

  test('lets in nobody by a wrong link, and says no more than that', async () => {
    await invite();
    await expect(accept('x'.repeat(43))).rejects.toMatchObject({ ...unusable, details: { state: 'unknown' } });
    expect(await findInvitation('')).toBeUndefined();
  });

  test('works once, also for two who come at once', async () => {
    const { token } = await invite();
    const outcomes = await Promise.allSettled([accept(token), accept(token, { name: 'Eve' })]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(accept(token)).rejects.toMatchObject({ ...unusable, details: { state: 'accepted' } });
    expect(await database.prisma.user.count({ where: { email: 'bob@example.com' } })).toBe(1);
  });

  test('expires after seven days', async () => {
    const { token } = await invite();
    expect(await findInvitation(token, inDays(6.9))).toMatchObject({ state: 'open' });
    await expect(accept(token, {}, inDays(7.1))).rejects.toMatchObject({ ...unusable, details: { state: 'expired' } });
  });

  test('can be withdrawn, once', async () => {
    const { token, invitation } = await invite();
    const administrator = { ...(await contextOf('administrator@example.com')) };
    await withdrawInvitation(administrator, { id: invitation.id });
    await expect(accept(token)).rejects.toMatchObject({ ...unusable, details: { state: 'withdrawn' } });
    await expect(withdrawInvitation(administrator, { id: invitation.id })).rejects.toMatchObject({
      code: 'CONFLICT',
      reason: 'invitationClosed',
    });
  });

  test('that is withdrawn while somebody fills it in lets them in no more', async () => {
    const { token, invitation } = await invite();
    const administrator = await contextOf('administrator@example.com');
    // The password is being hashed for some 100 ms when the invitation goes.
    const coming = accept(token);
    await withdrawInvitation(administrator, { id: invitation.id }).catch(() => undefined);
    const outcome = await coming.then(
      () => 'in',
      () => 'out',
    );
    const { acceptedAt, withdrawnAt } = await database.prisma.invitation.findUniqueOrThrow({
      where: { id: invitation.id },
    });
    expect(outcome).toBe(acceptedAt ? 'in' : 'out');
    expect([acceptedAt, withdrawnAt].filter(Boolean)).toHaveLength(1);
  });

  test('gives way to the next of the same address', async () => {
    const first = await invite();
    const administrator = await contextOf('administrator@example.com');
    const second = await createInvitation(administrator, { email: 'bob@example.com', role: 'viewer' });
    await expect(accept(first.token)).rejects.toMatchObject(unusable);
    await accept(second.token);
    expect((await listInvitations(administrator, {})).map(({ state }) => state)).toEqual(['accepted', 'withdrawn']);
  });

  test('of somebody who has an account is not made, and does not take it over', async () => {
    const { token } = await invite();
    await database.prisma.user.create({ data: { email: 'bob@example.com', name: 'B', role: 'viewer' } });
    const administrator = await contextOf('administrator@example.com');
    const taken = { code: 'CONFLICT', reason: 'emailTaken' };
    await expect(createInvitation(administrator, { email: 'bob@example.com', role: 'viewer' })).rejects.toMatchObject(
      taken,
    );
    await expect(accept(token)).rejects.toMatchObject(taken);
    // What failed has used nothing up.
    expect(await findInvitation(token)).toMatchObject({ state: 'open' });
  });

  test('does not let its holder choose the address', async () => {
    const { token } = await invite();
    expect(await accept(token, { email: 'boss@example.com' })).toEqual({ email: 'bob@example.com' });
  });

  test.each([
    ['short', 'passwordTooShort'],
    ['Password2026!', 'passwordCommon'],
  ])('refuses the password %s, and is still open', async (password, message) => {
    const { token } = await invite();
    await expect(accept(token, { password })).rejects.toMatchObject({ issues: [{ path: ['password'], message }] });
    expect(await findInvitation(token)).toMatchObject({ state: 'open' });
  });
});

describe('the first administrator’s link', () => {
  const prepare = () => prepareFirstAdministrator(database.prisma, { email: 'admin@lacustre.local' });
  const me = { name: 'Ada', email: 'ada@example.com' };

  test('lets them choose the address, and ends every other one', async () => {
    const [first, second] = [await prepare(), await prepare()];
    expect(await accept(second?.token ?? '', me)).toEqual({ email: 'ada@example.com' });
    expect(await prepare()).toBeUndefined();
    await expect(accept(first?.token ?? '', { ...me, email: 'eve@example.com' })).rejects.toMatchObject(unusable);
    expect(await database.prisma.user.findMany()).toMatchObject([{ email: 'ada@example.com', role: 'administrator' }]);
  });

  test('ends as soon as there is an administrator by another way', async () => {
    const first = await prepare();
    await as('administrator');
    expect(await findInvitation(first?.token ?? '')).toMatchObject({ state: 'withdrawn' });
    await expect(accept(first?.token ?? '', me)).rejects.toMatchObject(unusable);
  });
});

async function contextOf(email: string): Promise<Context> {
  const { id, name, role } = await database.prisma.user.findUniqueOrThrow({ where: { email } });
  return { user: { id, email, name }, role, aws: {} as Context['aws'], requestId: 'r1' };
}
