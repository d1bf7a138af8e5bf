import 'server-only';
import type { Context } from '@/lib/auth/context';
import { requirePermission } from '@/lib/auth/require-permission';
import { db } from '@/lib/db';
import { type Person, toPerson, WITH_IDENTITIES } from './person';

const PEOPLE_MAX = 1000;

export async function listPeople(ctx: Context, _input: Record<string, never>): Promise<Person[]> {
  requirePermission(ctx, 'people:read');
  const prisma = await db();
  const users = await prisma.user.findMany({
    orderBy: [{ name: 'asc' }, { email: 'asc' }],
    take: PEOPLE_MAX,
    include: WITH_IDENTITIES,
  });
  return users.map(toPerson);
}
