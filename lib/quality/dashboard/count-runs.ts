import 'server-only';
import { DescribeExecutionCommand, ListExecutionsCommand } from '@aws-sdk/client-sfn';
import { type Context, requirePermission } from '@/lib/auth';
import { getLake } from '@/lib/aws/lake';
import { lastDays, startOfDay } from '@/lib/languages/quality/days.ts';
import { countRunsOf, RUNS_A_PAGE } from '@/lib/languages/quality/report/count-runs.ts';
import type { RunCounts } from '@/lib/languages/quality/report/report.ts';
import { CountRuns } from './schemas';

/** Counts the pipeline's runs of the last days by how they ended, of the last thousand at most. */
export async function countRuns(ctx: Context, raw: CountRuns, now = Date.now()): Promise<RunCounts> {
  requirePermission(ctx, 'runs:read');
  const { days, timeZone } = CountRuns.parse(raw);
  const { stateMachineArn } = await getLake();
  const { states } = ctx.aws;
  const source = {
    async list(nextToken: string | undefined) {
      const page = await states.send(
        new ListExecutionsCommand({ stateMachineArn, maxResults: RUNS_A_PAGE, nextToken }),
      );
      const runs = (page.executions ?? []).map(({ executionArn = '', status = '', startDate = new Date(0) }) => {
        return { arn: executionArn, status, startedAt: startDate };
      });
      return { runs, next: page.nextToken };
    },
    errorOf: async (executionArn: string) => (await states.send(new DescribeExecutionCommand({ executionArn }))).error,
  };
  return countRunsOf(source, startOfDay(lastDays(now, days, timeZone)[0] ?? '', timeZone));
}
