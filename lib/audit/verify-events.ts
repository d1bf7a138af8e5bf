import 'server-only';
import { type Context, requirePermission } from '@/lib/auth';
import { getLake } from '@/lib/aws/lake';
import { db } from '@/lib/db';
import { log } from '@/lib/log';
import { auditKey } from './audit-key';
import type { ChainVerification } from './chain/finding';
import { verifyChain } from './chain/verify-chain';
import { chainSource } from './chain-source';
import { type KeptVerification, keepVerification } from './kept-verifications';
import { recordAudit } from './record-audit';

/** How far a verification is, and at its end what was found. */
export type VerificationStep<T> = { checked: number; total: number } | { kept: KeptVerification<T> };

/** Verifies the whole chain of the console's events; whoever asks for no further step stops it, and nothing is kept. */
export async function* verifyEvents(ctx: Context): AsyncGenerator<VerificationStep<ChainVerification>> {
  requirePermission(ctx, 'audit:read');
  const key = await auditKey();
  const walk = verifyChain(chainSource(await db(), await findLake(ctx), key), key);
  let step = await walk.next();
  for (; !step.done; step = await walk.next()) yield step.value;
  const { checked, findingCount } = step.value;
  const kept = await keepVerification(ctx, 'console', step.value);
  await recordAudit(ctx, { action: 'audit.verify', subject: 'console', details: { checked, findings: findingCount } });
  yield { kept };
}

/** A verification of the database alone is worth something as well, and says that it is one. */
async function findLake({ aws: { s3 } }: Context): Promise<Parameters<typeof chainSource>[1]> {
  try {
    return { s3, bucket: (await getLake()).resultsBucket };
  } catch (cause) {
    log.warn('the audit trail is verified without the lake', { cause });
    return undefined;
  }
}
