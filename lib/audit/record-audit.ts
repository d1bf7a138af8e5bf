import 'server-only';
import type { Context } from '@/lib/auth/context';
import { db } from '@/lib/db';

interface Audited {
  /** What was done, `area.verb`: `files.upload`, `people.update`. */
  action: string;
  /** What it was done to: an s3 address, a table, a run, an e-mail. */
  subject: string;
  /** Never a secret, never a row of data. */
  details?: Record<string, string | number | boolean | null>;
}

/** Writes who did what: the last line of every verb that changes something. */
export async function recordAudit(ctx: Pick<Context, 'user' | 'role' | 'requestId'>, audited: Audited): Promise<void> {
  const prisma = await db();
  await prisma.auditEvent.create({
    data: {
      actorEmail: ctx.user.email,
      actorRole: ctx.role,
      action: audited.action,
      subject: audited.subject,
      details: audited.details ?? {},
      requestId: ctx.requestId,
    },
  });
}
