import 'server-only';
import { DescribeStateMachineForExecutionCommand } from '@aws-sdk/client-sfn';
import { type Context, requirePermission } from '@/lib/auth';
import { getLake } from '@/lib/aws/lake';
import { executionArn } from './execution-arn';
import { GetRun } from './schemas';

/** Returns the state machine as it was when the run began, in Amazon States Language. */
export async function getRunDefinition(ctx: Context, raw: GetRun): Promise<{ name: string; definition: string }> {
  requirePermission(ctx, 'runs:read');
  const { id } = GetRun.parse(raw);
  const { stateMachineArn } = await getLake();
  const machine = await ctx.aws.states.send(
    new DescribeStateMachineForExecutionCommand({ executionArn: executionArn(stateMachineArn, id) }),
  );
  return { name: machine.name ?? '', definition: machine.definition ?? '{}' };
}
