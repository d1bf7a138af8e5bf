import 'server-only';
import type { Context } from '@/lib/auth/context';
import { requirePermission } from '@/lib/auth/require-permission';
import { mayUsePassword } from '@/lib/auth/sign-in';
import { db } from '@/lib/db';
import { type Person, toPerson, WITH_IDENTITIES } from './person';

/** Returns one's own account. `hasPassword`: there is one, and signing in by it is allowed here. */
export async function getAccount(
  ctx: Context,
  _input: Record<string, never>,
): Promise<Person & { hasPassword: boolean }> {
  requirePermission(ctx, 'account:edit');
  const prisma = await db();
  const user = await prisma.user.findUniqueOrThrow({ where: { id: ctx.user.id }, include: WITH_IDENTITIES });
  const person = toPerson(user);
  return { ...person, hasPassword: person.ways.includes('password') && mayUsePassword(person.role) };
}
