import 'server-only';
import { recordAudit } from '@/lib/audit';
import type { Context } from '@/lib/auth/context';
import { forgetFailures } from '@/lib/auth/lock-out';
import { hashPassword, newPassword } from '@/lib/auth/password';
import { requirePermission } from '@/lib/auth/require-permission';
import { endSessionsOf } from '@/lib/auth/session';
import { db } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { ResetPassword } from './schemas';

/** Gives a person a new password, which only this answer holds, ends their sessions and lifts a lock-out. */
export async function resetPassword(ctx: Context, raw: ResetPassword): Promise<{ email: string; password: string }> {
  requirePermission(ctx, 'people:edit');
  const { id } = ResetPassword.parse(raw);
  const password = newPassword();
  const passwordHash = await hashPassword(password);
  const prisma = await db();
  const email = await prisma.$transaction(async (tx) => {
    const user = await tx.user.update({ where: { id }, data: { passwordHash } }).catch((cause: unknown) => {
      throw new AppError('NOT_FOUND', `There is no person ${id}.`, { cause });
    });
    await endSessionsOf(tx, id);
    return user.email;
  });
  await forgetFailures(prisma, email);
  await recordAudit(ctx, { action: 'people.reset-password', subject: email });
  return { email, password };
}
