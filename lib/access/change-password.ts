import 'server-only';
import { z } from 'zod';
import { recordAudit } from '@/lib/audit';
import type { Context } from '@/lib/auth/context';
import { claimAttempt, clearAttempts } from '@/lib/auth/lock-out';
import { hashPassword, verifyPassword } from '@/lib/auth/password';
import { requirePermission } from '@/lib/auth/require-permission';
import { LOCKED_MINUTES } from '@/lib/auth/sign-in-error';
import { db } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { ChangePassword } from './schemas';

/** Changes one's own password and ends every session of it, this one too: the browser signs in again. */
export async function changePassword(ctx: Context, raw: ChangePassword): Promise<{ email: string }> {
  requirePermission(ctx, 'account:edit');
  const { currentPassword, newPassword } = ChangePassword.parse(raw);
  const { id, email } = ctx.user;
  const prisma = await db();
  // An open session must not become a place to guess the password without limit.
  if (!(await claimAttempt(prisma, email, new Date()))) throw tooManyTries();
  const user = await prisma.user.findUnique({ where: { id } });
  if (!(await verifyPassword(currentPassword, user?.passwordHash))) throw wrongPassword();
  const passwordHash = await hashPassword(newPassword);
  await prisma.user.update({ where: { id }, data: { passwordHash, sessionVersion: { increment: 1 } } });
  await clearAttempts(prisma, email);
  await recordAudit(ctx, { action: 'account.change-password', subject: email });
  return { email };
}

function wrongPassword(): z.ZodError {
  return new z.ZodError([{ code: 'custom', path: ['currentPassword'], message: 'wrongPassword', input: undefined }]);
}

function tooManyTries(): AppError {
  const minutes = LOCKED_MINUTES;
  return new AppError('THROTTLED', `Too many wrong passwords. Wait ${minutes} minutes, then try again.`, {
    reason: 'tooManyTries',
    details: { minutes },
  });
}
