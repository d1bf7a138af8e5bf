import 'server-only';
import type { Context } from '@/lib/auth/context';
import { requirePermission } from '@/lib/auth/require-permission';
import { db } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { type Person, toPerson, WITH_IDENTITIES } from './person';
import { FindPerson } from './schemas';

/** Returns one person; throws NOT_FOUND. */
export async function getPerson(ctx: Context, raw: FindPerson): Promise<Person> {
  requirePermission(ctx, 'people:read');
  const given = FindPerson.safeParse(raw);
  const prisma = await db();
  const user = given.success
    ? await prisma.user.findUnique({ where: { id: given.data.id }, include: WITH_IDENTITIES })
    : null;
  if (!user) throw new AppError('NOT_FOUND', `There is no person ${raw.id}.`);
  return toPerson(user);
}
