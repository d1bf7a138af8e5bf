import 'server-only';
import { recordAudit } from '@/lib/audit';
import { type Context, requirePermission } from '@/lib/auth';
import { db } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { listFindings } from './list-findings';
import { AcceptFinding } from './schemas';

/**
 * Lets a finding be until a day, for a reason; it is no longer counted until then, or until its statement changes.
 * Accepting it again replaces both. Throws NOT_FOUND for what is no longer found.
 */
export async function acceptFinding(ctx: Context, raw: AcceptFinding): Promise<{ key: string }> {
  requirePermission(ctx, 'access:edit');
  const { key, reason, until: day } = AcceptFinding.parse(raw);
  const { findings } = await listFindings(ctx, {});
  const finding = findings.find((each) => each.key === key);
  if (!finding) {
    throw new AppError('NOT_FOUND', 'This is no longer found: the statement has changed.', { reason: 'findingGone' });
  }
  const { code, roleName, document, sid } = finding;
  const until = new Date(`${day}T23:59:59.999Z`);
  const given = { reason, until, acceptedBy: ctx.user.email, acceptedAt: new Date() };
  const prisma = await db();
  await prisma.acceptedFinding.upsert({
    where: { key },
    create: { key, code, document, roleName: roleName ?? null, sid: sid ?? null, ...given },
    update: given,
  });
  const subject = [roleName, document, sid].filter(Boolean).join(' ');
  await recordAudit(ctx, { action: 'access.accept-finding', subject, details: { code, reason, until: day } });
  return { key };
}
