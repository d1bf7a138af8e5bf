import 'server-only';
import { recordAudit } from '@/lib/audit';
import { type Context, requirePermission } from '@/lib/auth';
import { db } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { WithdrawAcceptance } from './schemas';

/** Makes a finding count again at once. */
export async function withdrawAcceptance(ctx: Context, raw: WithdrawAcceptance): Promise<{ key: string }> {
  requirePermission(ctx, 'access:edit');
  const { key } = WithdrawAcceptance.parse(raw);
  const prisma = await db();
  const found = await prisma.acceptedFinding.findUnique({ where: { key } });
  if (!found) throw new AppError('NOT_FOUND', 'Nobody has accepted this.', { reason: 'notAccepted' });
  await prisma.acceptedFinding.delete({ where: { key } });
  const { code, roleName, document, sid } = found;
  const subject = [roleName, document, sid].filter(Boolean).join(' ');
  await recordAudit(ctx, { action: 'access.withdraw-acceptance', subject, details: { code } });
  return { key };
}
