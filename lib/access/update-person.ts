import 'server-only';
import { recordAudit } from '@/lib/audit';
import type { Context } from '@/lib/auth/context';
import { requirePermission } from '@/lib/auth/require-permission';
import { endSessionsOf } from '@/lib/auth/session';
import { db } from '@/lib/db';
import type { Prisma } from '@/lib/db/generated/client';
import { AppError } from '@/lib/errors';
import { type Person, toPerson, WITH_IDENTITIES } from './person';
import { UpdatePerson } from './schemas';

/** Two administrators who demote each other at once must not both succeed. */
const ADMINISTRATORS_LOCK = 72_707_371;

/** Changes a person's role, or switches them off and on; the last active administrator stays one. */
export async function updatePerson(ctx: Context, raw: UpdatePerson): Promise<Person> {
  requirePermission(ctx, 'people:edit');
  const { id, ...changes } = UpdatePerson.parse(raw);
  const prisma = await db();
  const user = await prisma.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${ADMINISTRATORS_LOCK})`;
    const updated = await tx.user
      .update({ where: { id }, data: changes, include: WITH_IDENTITIES })
      .catch((cause: unknown) => {
        throw new AppError('NOT_FOUND', `There is no person ${id}.`, { cause });
      });
    await requireAnAdministrator(tx, updated.name);
    if (!updated.isActive) await endSessionsOf(tx, id);
    return updated;
  });
  await recordAudit(ctx, { action: 'people.update', subject: user.email, details: changes });
  return toPerson(user);
}

async function requireAnAdministrator(tx: Prisma.TransactionClient, name: string): Promise<void> {
  if ((await tx.user.count({ where: { role: 'administrator', isActive: true } })) > 0) return;
  throw new AppError('CONFLICT', `${name} is the only active administrator. Make somebody else administrator first.`, {
    reason: 'lastAdministrator',
    details: { name },
  });
}
