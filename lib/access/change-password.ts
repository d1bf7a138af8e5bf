import 'server-only';
import { z } from 'zod';
import { recordAudit } from '@/lib/audit';
import type { Context } from '@/lib/auth/context';
import { claimAttempt, clearAttempts } from '@/lib/auth/lock-out';
import { hashPassword, verifyPassword } from '@/lib/auth/password';
import { requestOrigin } from '@/lib/auth/request-origin';
import { requirePermission } from '@/lib/auth/require-permission';
import { endSessionsOf } from '@/lib/auth/session';
import { db } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { requireGoodPassword } from './require-good-password';
import { ChangePassword } from './schemas';

/** Changes one's own password and ends every other session; returns how many. */
export async function changePassword(ctx: Context, raw: ChangePassword): Promise<{ ended: number }> {
  requirePermission(ctx, 'account:edit');
  const { currentPassword, newPassword } = ChangePassword.parse(raw);
  const { id, email } = ctx.user;
  const prisma = await db();
  // An open session must not become a place to guess the password without limit.
  const attempt = { email, sourceIp: (await requestOrigin()).sourceIp };
  const seconds = await claimAttempt(prisma, attempt, new Date());
  if (seconds > 0) throw tooManyTries(seconds);
  const user = await prisma.user.findUnique({ where: { id } });
  if (!(await verifyPassword(currentPassword, user?.passwordHash))) throw wrongPassword();
  await requireGoodPassword(newPassword, email, 'newPassword');
  const passwordHash = await hashPassword(newPassword);
  const ended = await prisma.$transaction(async (tx) => {
    await tx.user.update({ where: { id }, data: { passwordHash } });
    return endSessionsOf(tx, id, ctx.sessionId);
  });
  await clearAttempts(prisma, attempt);
  await recordAudit(ctx, { action: 'account.change-password', subject: email, details: { ended } });
  return { ended };
}

function wrongPassword(): z.ZodError {
  return new z.ZodError([{ code: 'custom', path: ['currentPassword'], message: 'wrongPassword', input: undefined }]);
}

function tooManyTries(seconds: number): AppError {
  const minutes = Math.ceil(seconds / 60);
  return new AppError('THROTTLED', `Too many wrong passwords. Wait ${minutes} minutes, then try again.`, {
    reason: 'tooManyTries',
    details: { minutes },
  });
}
