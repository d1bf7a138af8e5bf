import 'server-only';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { z } from 'zod';
import { recordAudit } from '@/lib/audit';
import { type Context, requireAllowance, requirePermission } from '@/lib/auth';
import { getLake } from '@/lib/aws/lake';
import { AppError } from '@/lib/errors';
import { QualityAnswer } from '@/lib/languages/quality/quality-answer.ts';
import { type CheckedTable, CheckTable } from './check-schemas';

/** As long as a function may run: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const PATIENCE_MS = 15 * 60_000;

const FunctionError = z.object({ errorMessage: z.string(), errorType: z.string().optional() });

/** Evaluates the rules of a table as it is now, with the function that the pipeline has for it; waits for the record. */
export async function checkTable(ctx: Context, raw: CheckTable): Promise<CheckedTable> {
  requirePermission(ctx, 'quality:check');
  requireAllowance(ctx, 'check');
  const { table } = CheckTable.parse(raw);
  const { qualityFunction } = await getLake();
  const answer = await ctx.aws.lambda.send(
    new InvokeCommand({ FunctionName: qualityFunction, Payload: JSON.stringify({ table, by: ctx.user.email }) }),
    { requestTimeout: PATIENCE_MS },
  );
  const said: unknown = JSON.parse(Buffer.from(answer.Payload ?? []).toString() || 'null');
  if (answer.FunctionError) throw broken(table, said);
  const parsed = QualityAnswer.safeParse(said);
  if (!parsed.success) throw broken(table, said);
  const { evaluation } = parsed.data;
  if (!evaluation) {
    throw new AppError('NOT_FOUND', `There is no table ${table} to check.`, {
      reason: 'noTableToCheck',
      details: { table },
    });
  }
  await recordAudit(ctx, { action: 'quality.check', subject: table, details: { evaluation: evaluation.id } });
  return { id: evaluation.id, verdict: evaluation.verdict, score: evaluation.score };
}

function broken(table: string, said: unknown): AppError {
  const why = FunctionError.safeParse(said).data?.errorMessage ?? JSON.stringify(said);
  return new AppError('UNAVAILABLE', `The check of ${table} broke off: ${why}`, {
    cause: said,
    reason: 'checkBroken',
    details: { table, why },
  });
}
