import 'server-only';
import { DescribeExecutionCommand, type ExecutionListItem, ListExecutionsCommand } from '@aws-sdk/client-sfn';
import { type Context, requirePermission } from '@/lib/auth';
import { getLake } from '@/lib/aws/lake';
import { withLimit } from '@/lib/aws/with-limit';
import type { RunCounts } from '@/lib/languages/quality/report/report.ts';
import { runState } from '@/lib/runs/run-state';
import { CountRuns } from './schemas';

const DAY_MS = 86_400_000;
const PAGE_RUNS = 200;
const MAX_PAGES = 5;
const DESCRIBED_AT_ONCE = 8;

/** Counts the pipeline's runs of a period by how they ended, of the last thousand at most. */
export async function countRuns(ctx: Context, raw: CountRuns, now = Date.now()): Promise<RunCounts> {
  requirePermission(ctx, 'runs:read');
  const from = now - CountRuns.parse(raw).days * DAY_MS;
  const { stateMachineArn } = await getLake();
  const runs: ExecutionListItem[] = [];
  let token: string | undefined;
  let isOver = false;
  for (let pages = 0; pages < MAX_PAGES && !isOver; pages++) {
    const page = await ctx.aws.states.send(
      new ListExecutionsCommand({ stateMachineArn, maxResults: PAGE_RUNS, nextToken: token }),
    );
    const found = page.executions ?? [];
    // The newest come first.
    const inPeriod = found.filter(({ startDate }) => (startDate?.getTime() ?? 0) >= from);
    runs.push(...inPeriod);
    token = page.nextToken;
    isOver = !token || inPeriod.length < found.length;
  }
  const states = await withLimit(runs, DESCRIBED_AT_ONCE, (run) => stateOf(ctx, run));
  const count = (state: string) => states.filter((each) => each === state).length;
  const turnedAway = count('rejected') + count('held');
  return { succeeded: count('succeeded'), failed: count('failed'), rejected: turnedAway, isCut: !isOver };
}

/** Only of what failed must be asked why: a file that was turned away is a failed execution. */
async function stateOf(ctx: Context, { status, executionArn }: ExecutionListItem) {
  if (status !== 'FAILED') return runState(status ?? '');
  const { error } = await ctx.aws.states.send(new DescribeExecutionCommand({ executionArn }));
  return runState(status, error);
}
