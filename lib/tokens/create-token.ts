import 'server-only';
import { recordAudit } from '@/lib/audit';
import { type Context, requirePermission } from '@/lib/auth';
import { db } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { CreateToken } from './schemas';
import { hashToken, hintOf, newToken } from './token-secret';

const DAY_MS = 86_400_000;
const TOKENS_MAX = 50;

/** Makes a token of the signed-in person's. Only this answer holds it. */
export async function createToken(ctx: Context, raw: CreateToken): Promise<{ token: string }> {
  requirePermission(ctx, 'tokens:edit');
  const { name, scopes, days, savedQueries } = CreateToken.parse(raw);
  const prisma = await db();
  if ((await prisma.apiToken.count({ where: { userId: ctx.user.id } })) >= TOKENS_MAX) {
    throw new AppError('LIMIT_EXCEEDED', `A person has ${TOKENS_MAX} tokens at most. Revoke one that is not used.`, {
      reason: 'tooManyTokens',
      details: { max: TOKENS_MAX },
    });
  }
  const token = newToken();
  const expiresAt = new Date(Date.now() + days * DAY_MS);
  const { id } = await prisma.apiToken.create({
    data: { userId: ctx.user.id, name, scopes, savedQueries, hash: hashToken(token), hint: hintOf(token), expiresAt },
  });
  await recordAudit(ctx, {
    action: 'tokens.create',
    subject: id,
    details: { name, scopes: scopes.join(' '), savedQueries: savedQueries.join(' '), days },
  });
  return { token };
}
