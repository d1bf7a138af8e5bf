import { DescribeExecutionCommand, ListExecutionsCommand, type SFNClient } from '@aws-sdk/client-sfn';
import { RUNS_A_PAGE, type RunSource } from '../../../lib/languages/quality/report/count-runs.ts';

/** The runs of the pipeline. */
export function stepFunctionRuns(states: SFNClient, stateMachineArn: string): RunSource {
  return {
    async list(nextToken) {
      const page = await states.send(
        new ListExecutionsCommand({ stateMachineArn, maxResults: RUNS_A_PAGE, nextToken }),
      );
      const runs = (page.executions ?? []).map(({ executionArn = '', status = '', startDate = new Date(0) }) => {
        return { arn: executionArn, status, startedAt: startDate };
      });
      return { runs, next: page.nextToken };
    },
    errorOf: async (executionArn) => (await states.send(new DescribeExecutionCommand({ executionArn }))).error,
  };
}
