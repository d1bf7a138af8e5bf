import 'server-only';
import { DescribeExecutionCommand, type ExecutionListItem, ListExecutionsCommand } from '@aws-sdk/client-sfn';
import { type Context, requirePermission } from '@/lib/auth';
import { getLake } from '@/lib/aws/lake';
import { withLimit } from '@/lib/aws/with-limit';
import { runState } from '@/lib/languages/contract/run-state.ts';
import { datasetOfKey, runFile } from './run-file';
import { ListRuns, type RunPage, type RunSummary } from './schemas';

/** ListExecutions says neither which file nor whether it was rejected: each run of a page is described as well. */
const DESCRIBED_AT_ONCE = 8;
/** A dataset's runs are searched this many pages back, so that one page of ours never becomes an endless search. */
const MAX_PAGES = 4;

/** Returns runs, the newest first, a page at a time; of one dataset if asked. */
export async function listRuns(ctx: Context, raw: ListRuns): Promise<RunPage> {
  requirePermission(ctx, 'runs:read');
  const { dataset, nextToken, pageSize } = ListRuns.parse(raw);
  const { stateMachineArn } = await getLake();
  const runs: RunSummary[] = [];
  let token = nextToken;
  for (let pages = 0; pages < (dataset ? MAX_PAGES : 1); pages++) {
    const page = await ctx.aws.states.send(
      new ListExecutionsCommand({ stateMachineArn, maxResults: pageSize, nextToken: token }),
    );
    const described = await withLimit(page.executions ?? [], DESCRIBED_AT_ONCE, (item) => summarize(ctx, item));
    runs.push(...described.filter((run) => !dataset || run.dataset === dataset));
    token = page.nextToken;
    if (!token || runs.length >= pageSize) break;
  }
  return { runs, ...(token ? { nextToken: token } : {}) };
}

async function summarize(ctx: Context, item: ExecutionListItem): Promise<RunSummary> {
  const execution = await ctx.aws.states.send(new DescribeExecutionCommand({ executionArn: item.executionArn }));
  const file = runFile(execution.input);
  const dataset = file && datasetOfKey(file.key);
  const endedAt = execution.stopDate?.getTime();
  return {
    id: item.name ?? '',
    state: runState(execution.status ?? '', execution.error),
    startedAt: execution.startDate?.getTime() ?? 0,
    ...(endedAt ? { endedAt } : {}),
    ...(file ? { file } : {}),
    ...(dataset ? { dataset } : {}),
  };
}
