import 'server-only';
import {
  DescribeExecutionCommand,
  type DescribeExecutionOutput,
  GetExecutionHistoryCommand,
  type HistoryEvent,
} from '@aws-sdk/client-sfn';
import { type Context, requirePermission } from '@/lib/auth';
import { getLake } from '@/lib/aws/lake';
import { collectPages } from '@/lib/aws/paginate';
import { runState } from '@/lib/languages/contract/run-state.ts';
import { executionArn } from './execution-arn';
import { runEvents } from './run-events';
import { datasetOfKey, runFile } from './run-file';
import { readOutcome } from './run-outcome';
import { isOver } from './run-state';
import { GetRun, type Run } from './schemas';
import { timeline } from './timeline';

/** A run of ours has about thirty events; AWS ends an execution at 25,000. */
const MAX_EVENTS = 2_000;

/** Returns a run with its history and, once it is over, what it wrote or why it was rejected. */
export async function getRun(ctx: Context, raw: GetRun): Promise<Run> {
  requirePermission(ctx, 'runs:read');
  const { id } = GetRun.parse(raw);
  const { stateMachineArn } = await getLake();
  const arn = executionArn(stateMachineArn, id);
  const execution = await ctx.aws.states.send(new DescribeExecutionCommand({ executionArn: arn }));
  // Read after the status: a run seen as over has its whole history.
  const { items } = await history(ctx, arn);
  const state = runState(execution.status ?? '', execution.error);
  const events = runEvents(items);
  const file = runFile(execution.input);
  const dataset = file && datasetOfKey(file.key);
  const endedAt = execution.stopDate?.getTime();
  return {
    id,
    state,
    startedAt: execution.startDate?.getTime() ?? 0,
    ...(endedAt ? { endedAt } : {}),
    ...(file ? { file } : {}),
    ...(dataset ? { dataset } : {}),
    ...failure(execution),
    visits: timeline(events, state),
    events,
    ...(isOver(state) ? await readOutcome(ctx, { id, execution, file }) : {}),
  };
}

function history(ctx: Context, arn: string): Promise<{ items: HistoryEvent[]; isTruncated: boolean }> {
  return collectPages(async (nextToken) => {
    const page = await ctx.aws.states.send(
      new GetExecutionHistoryCommand({ executionArn: arn, maxResults: 1000, includeExecutionData: true, nextToken }),
    );
    return { items: page.events, next: page.nextToken };
  }, MAX_EVENTS);
}

function failure({ error, cause }: DescribeExecutionOutput): Pick<Run, 'error' | 'cause'> {
  return { ...(error ? { error } : {}), ...(cause ? { cause } : {}) };
}
