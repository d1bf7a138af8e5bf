import 'server-only';
import { DescribeExecutionCommand } from '@aws-sdk/client-sfn';
import { type Context, requirePermission } from '@/lib/auth';
import { toAppError } from '@/lib/aws/errors';
import { getLake } from '@/lib/aws/lake';
import { withLimit } from '@/lib/aws/with-limit';
import { runState } from '@/lib/languages/contract/run-state.ts';
import { RunRecord } from '@/lib/languages/contract/verdict.ts';
import { executionArn } from './execution-arn';
import { readResult, recordKey } from './run-outcome';
import { FindRunsOfFiles, type FoundRun } from './schemas';

const READ_AT_ONCE = 10;

/**
 * Returns the run that each version of a file caused, in the order asked for; undefined where a version caused none, or
 * its run has not left its record yet. A page at a time: each version takes two requests.
 */
export async function findRunsOfFiles(ctx: Context, raw: FindRunsOfFiles): Promise<(FoundRun | undefined)[]> {
  requirePermission(ctx, 'runs:read');
  const versions = FindRunsOfFiles.parse(raw);
  const { stateMachineArn } = await getLake();
  return withLimit(versions, READ_AT_ONCE, async ({ key, versionId }) => {
    const path = recordKey(key, versionId);
    const record = path ? await readResult(ctx, path, RunRecord) : undefined;
    return record && { id: record.execution, ...(await howItEnded(ctx, stateMachineArn, record)) };
  });
}

async function howItEnded(ctx: Context, stateMachineArn: string, record: RunRecord): Promise<Omit<FoundRun, 'id'>> {
  try {
    const arn = executionArn(stateMachineArn, record.execution);
    const execution = await ctx.aws.states.send(new DescribeExecutionCommand({ executionArn: arn }));
    const endedAt = execution.stopDate?.getTime();
    return { state: runState(execution.status ?? '', execution.error), ...(endedAt ? { endedAt } : {}) };
  } catch (error) {
    // Step Functions forgets executions after 90 days; what was found in the file is still known.
    if (toAppError(error).code !== 'NOT_FOUND') throw error;
    return { state: stateIn(record) };
  }
}

function stateIn({ verdict }: RunRecord): FoundRun['state'] {
  if (verdict.status === 'rejected') return 'rejected';
  return verdict.quality?.verdict === 'held' ? 'held' : 'succeeded';
}
