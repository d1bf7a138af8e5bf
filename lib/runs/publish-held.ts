import 'server-only';
import { DescribeExecutionCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { recordAudit } from '@/lib/audit';
import { type Context, requirePermission } from '@/lib/auth';
import { getLake } from '@/lib/aws/lake';
import { AppError } from '@/lib/errors';
import { runState } from '@/lib/languages/contract/run-state.ts';
import type { GateOverride } from '@/lib/languages/quality/evaluation.ts';
import { executionArn } from './execution-arn';
import { inputOfFile } from './rerun-file';
import { runFile } from './run-file';
import { PublishHeld, type RunFile } from './schemas';

/**
 * Publishes a file whose rows the gate holds, on a person's word: a new run of the same version that asks no rule before
 * its rows are in the table. Returns that run. Throws CONFLICT where the run holds nothing, or its file was replaced.
 */
export async function publishHeld(ctx: Context, raw: PublishHeld): Promise<{ id: string }> {
  requirePermission(ctx, 'runs:start');
  const { id, reason } = PublishHeld.parse(raw);
  const { stateMachineArn } = await getLake();
  const file = await heldFile(ctx, id);
  const { current, input } = await inputOfFile(ctx, file.bucket, file.key);
  if (current.isDeletion || current.versionId !== (file.versionId ?? 'null')) throw replaced(file);
  const override: GateOverride = { by: ctx.user.email, reason, execution: id };
  const { executionArn: arn } = await ctx.aws.states.send(
    new StartExecutionCommand({ stateMachineArn, input: JSON.stringify({ ...input, override }) }),
  );
  const execution = arn?.split(':').at(-1) ?? '';
  const details = { versionId: current.versionId, held: id, reason, execution };
  await recordAudit(ctx, { action: 'runs.publishHeld', subject: `s3://${file.bucket}/${file.key}`, details });
  return { id: execution };
}

async function heldFile(ctx: Context, id: string): Promise<RunFile> {
  const { stateMachineArn } = await getLake();
  const execution = await ctx.aws.states.send(
    new DescribeExecutionCommand({ executionArn: executionArn(stateMachineArn, id) }),
  );
  const file = runFile(execution.input);
  if (!file || runState(execution.status ?? '', execution.error) !== 'held') {
    throw new AppError('CONFLICT', `Run ${id} holds no file.`, { reason: 'runHoldsNothing' });
  }
  return file;
}

function replaced({ bucket, key }: RunFile): AppError {
  const message = `s3://${bucket}/${key} was replaced or deleted since. Look at the newest run of that file.`;
  return new AppError('CONFLICT', message, { reason: 'heldFileReplaced', details: { key } });
}
