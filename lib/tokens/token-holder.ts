import 'server-only';
import { randomUUID } from 'node:crypto';
import type { Context } from '@/lib/auth';
import { clientsFor } from '@/lib/aws/clients';
import { db } from '@/lib/db';
import { AppError } from '@/lib/errors';
import type { Scope } from './schemas';
import { hashToken } from './token-secret';

const MINUTE_MS = 60_000;

export interface TokenHolder {
  ctx: Context;
  /** Ids of the only saved queries that may be called; none means any. */
  savedQueries: readonly string[];
}

/** Returns the context of the person whose token this is; throws UNAUTHENTICATED or, past its scopes, FORBIDDEN. */
export async function tokenHolder(token: string, scope: Scope, now = new Date()): Promise<TokenHolder> {
  const prisma = await db();
  const found = await prisma.apiToken.findUnique({ where: { hash: hashToken(token) }, include: { user: true } });
  if (!found?.user.isActive)
    throw new AppError('UNAUTHENTICATED', 'There is no such token. Make one on the page Connect.');
  if (found.expiresAt <= now) {
    throw new AppError('UNAUTHENTICATED', `The token ${found.hint} expired at ${found.expiresAt.toISOString()}.`);
  }
  if (!found.scopes.includes(scope)) {
    throw new AppError('FORBIDDEN', `The token ${found.hint} does not have the scope “${scope}”.`, {
      details: { scope },
    });
  }
  if (now.getTime() - (found.lastUsedAt?.getTime() ?? 0) >= MINUTE_MS) {
    await prisma.apiToken.updateMany({ where: { id: found.id }, data: { lastUsedAt: now } });
  }
  const { id, email, name, role } = found.user;
  const ctx = { user: { id, email, name }, role, aws: clientsFor({ email, role }), requestId: randomUUID() };
  return { ctx, savedQueries: found.savedQueries };
}
