import 'server-only';
import { StopExecutionCommand } from '@aws-sdk/client-sfn';
import { recordAudit } from '@/lib/audit';
import { type Context, requirePermission } from '@/lib/auth';
import { getLake } from '@/lib/aws/lake';
import { executionArn } from './execution-arn';
import { StopRun } from './schemas';

/** Stops a run where it is. What its job has written by then stays until the file is dropped again. */
export async function stopRun(ctx: Context, raw: StopRun): Promise<void> {
  requirePermission(ctx, 'runs:stop');
  const { id } = StopRun.parse(raw);
  const { stateMachineArn } = await getLake();
  await ctx.aws.states.send(
    new StopExecutionCommand({
      executionArn: executionArn(stateMachineArn, id),
      error: 'Stopped',
      cause: `Stopped by ${ctx.user.email}.`,
    }),
  );
  await recordAudit(ctx, { action: 'runs.stop', subject: id });
}
