import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Context, requirePermission } from '@/lib/auth';
import type { Verification } from '@/lib/languages/cloudtrail/verification.ts';
import { verifyTrailFiles } from '@/lib/trail';
import { keepVerification } from './kept-verifications';
import { recordAudit } from './record-audit';
import type { VerificationStep } from './verify-events';

/** As far back as a verification looks. */
const DAYS = 90;
const STEP_MS = 250;

/** Verifies CloudTrail's files of the last days; whoever asks for no further step stops it, and nothing is kept. */
export async function* verifyCalls(ctx: Context): AsyncGenerator<VerificationStep<Verification>> {
  requirePermission(ctx, 'audit:read');
  let progress = { done: 0, total: 0 };
  let isStopped = false;
  const work = verifyTrailFiles(ctx, { days: DAYS }, (now) => {
    if (isStopped) throw new Error('The verification was stopped.');
    progress = now;
  });
  work.catch(() => undefined);
  try {
    let result: Verification | undefined;
    while (!result) {
      result = await Promise.race([work, sleep(STEP_MS, undefined)]);
      if (!result) yield { checked: progress.done, total: progress.total };
    }
    const { validLogFiles, problems } = result;
    const kept = await keepVerification(ctx, 'aws', result);
    const details = { checked: validLogFiles, findings: problems.length };
    await recordAudit(ctx, { action: 'audit.verify', subject: 'aws', details });
    yield { kept };
  } finally {
    isStopped = true;
  }
}
