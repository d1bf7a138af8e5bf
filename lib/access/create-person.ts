import 'server-only';
import { recordAudit } from '@/lib/audit';
import type { Context } from '@/lib/auth/context';
import { hashPassword, newPassword } from '@/lib/auth/password';
import { requirePermission } from '@/lib/auth/require-permission';
import { db } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { type Person, toPerson } from './person';
import { CreatePerson } from './schemas';

/** Adds a person with a first password, which only this answer holds. Throws CONFLICT if the e-mail has an account. */
export async function createPerson(ctx: Context, raw: CreatePerson): Promise<{ person: Person; password: string }> {
  requirePermission(ctx, 'people:edit');
  const { name, email, role } = CreatePerson.parse(raw);
  const password = newPassword();
  const prisma = await db();
  const user = await prisma.user
    .create({ data: { name, email, role, passwordHash: await hashPassword(password) } })
    .catch((cause: unknown) => {
      throw isTaken(cause)
        ? new AppError('CONFLICT', `${email} has an account already.`, {
            cause,
            reason: 'emailTaken',
            details: { field: 'email', email },
          })
        : cause;
    });
  await recordAudit(ctx, { action: 'people.create', subject: email, details: { role } });
  return { person: toPerson(user), password };
}

/** Prisma's code of a broken unique constraint: https://www.prisma.io/docs/orm/reference/error-reference#p2002 */
function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'P2002';
}
