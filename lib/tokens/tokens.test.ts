import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Context } from '@/lib/auth/context';
import type { Role } from '@/lib/auth/permissions';
import { Database } from '@/lib/db/database';
import { createToken, listTokens, revokeToken, tokenHolder } from './index';

let database: Database;
vi.mock('@/lib/db', () => ({ db: async () => database.prisma }));
vi.mock('@/lib/aws/clients', () => ({ clientsFor: () => ({}) }));

beforeAll(async () => {
  database = await Database.start({ folder: 'memory://' });
});
afterAll(() => database.close());
beforeEach(() => database.prisma.user.deleteMany());

async function person(role: Role): Promise<Context> {
  const email = `${role}@example.com`;
  const { id, name } = await database.prisma.user.create({ data: { email, name: role, role, passwordHash: '–' } });
  return { user: { id, email, name }, role, aws: {} as Context['aws'], requestId: 'r1' };
}
const wanted = { name: 'notebook', scopes: ['query'], days: 30 } as const;

describe('a token', () => {
  it('stands for its person, within its scopes, and is kept as a hash alone', async () => {
    const analyst = await person('analyst');
    const { token } = await createToken(analyst, { ...wanted, scopes: ['query'] });
    const { user, role } = (await tokenHolder(token, 'query')).ctx;
    expect([user.email, role]).toEqual(['analyst@example.com', 'analyst']);
    await expect(tokenHolder(token, 'catalog')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const kept = JSON.stringify([
      await database.prisma.apiToken.findMany(),
      await database.prisma.auditEvent.findMany(),
    ]);
    expect(kept).not.toContain(token);
    expect(await listTokens(analyst)).toMatchObject([{ name: 'notebook', lastUsedAt: expect.any(Number) }]);
  });

  it('ends when it expires, is revoked, or its person is switched off', async () => {
    const analyst = await person('analyst');
    const make = async () => (await createToken(analyst, { ...wanted, scopes: ['query'] })).token;
    const token = await make();
    const later = new Date(Date.now() + 31 * 86_400_000);
    await expect(tokenHolder(token, 'query', { now: later })).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    const [listed] = await listTokens(analyst);
    await revokeToken(analyst, { id: listed?.id ?? '' });
    await expect(tokenHolder(token, 'query')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    const other = await make();
    await database.prisma.user.updateMany({ data: { isActive: false } });
    await expect(tokenHolder(other, 'query')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await expect(tokenHolder('lacustre_nothing', 'query')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('may be for certain saved queries alone', async () => {
    const analyst = await person('analyst');
    const { token } = await createToken(analyst, { ...wanted, scopes: ['saved'], savedQueries: ['q1', 'q2'] });
    expect((await tokenHolder(token, 'saved')).savedQueries).toEqual(['q1', 'q2']);
    await expect(tokenHolder(token, 'query')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await listTokens(analyst)).toMatchObject([{ scopes: ['saved'], savedQueries: ['q1', 'q2'] }]);
  });

  it('is its own person’s to revoke, and nothing for a viewer', async () => {
    const analyst = await person('analyst');
    await createToken(analyst, { ...wanted, scopes: ['query'] });
    const [listed] = await listTokens(analyst);
    await expect(revokeToken(await person('administrator'), { id: listed?.id ?? '' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(createToken(await person('viewer'), { ...wanted, scopes: ['query'] })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  });
});
