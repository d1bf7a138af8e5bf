import 'server-only';
import { randomUUID } from 'node:crypto';
import { recordRefusal } from '@/lib/audit';
import type { Context } from '@/lib/auth';
import type { RequestOrigin } from '@/lib/auth/request-origin';
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
export async function tokenHolder(
  token: string,
  scope: Scope,
  { now = new Date(), origin }: { now?: Date; origin?: RequestOrigin } = {},
): Promise<TokenHolder> {
  const prisma = await db();
  const found = await prisma.apiToken.findUnique({ where: { hash: hashToken(token) }, include: { user: true } });
  if (!found?.user.isActive)
    throw new AppError('UNAUTHENTICATED', 'There is no such token. Make one on the page Connect.');
  const { id, email, name, role } = found.user;
  const aws = clientsFor({ email, role });
  const ctx: Context = { user: { id, email, name }, role, aws, requestId: randomUUID(), tokenId: found.id, origin };
  const refusal = refusalOf(found, scope, now);
  if (refusal) {
    await recordRefusal(ctx, { action: `api.${scope}`, input: () => ({ id: found.id }) }, refusal);
    throw refusal;
  }
  if (now.getTime() - (found.lastUsedAt?.getTime() ?? 0) >= MINUTE_MS) {
    await prisma.apiToken.updateMany({ where: { id: found.id }, data: { lastUsedAt: now } });
  }
  return { ctx, savedQueries: found.savedQueries };
}

function refusalOf(
  { hint, expiresAt, scopes }: { hint: string; expiresAt: Date; scopes: readonly string[] },
  scope: Scope,
  now: Date,
): AppError | undefined {
  if (expiresAt <= now) {
    return new AppError('UNAUTHENTICATED', `The token ${hint} expired at ${expiresAt.toISOString()}.`);
  }
  if (scopes.includes(scope)) return undefined;
  const message = `The token ${hint} does not have the scope “${scope}”.`;
  return new AppError('FORBIDDEN', message, { details: { scope } });
}
