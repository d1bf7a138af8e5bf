import { z } from 'zod';
import { operation } from '../../../service.ts';
import { ExecutionEnd } from '../interpreter/run-execution.ts';
import { getExecution, type States } from '../states-service.ts';

/** One that has ended keeps its end. https://docs.aws.amazon.com/step-functions/latest/apireference/API_StopExecution.html */
export function stopExecution(states: States) {
  return operation({
    input: z.object({
      executionArn: z.string(),
      error: z.string().max(256).optional(),
      cause: z.string().max(32_768).optional(),
    }),
    access: ({ executionArn }) => [{ action: 'states:StopExecution', resource: executionArn }],
    async run({ executionArn, error, cause }) {
      const { arn } = getExecution(states, executionArn);
      await states.executions.stop(arn, new ExecutionEnd('ABORTED', { error, cause }));
      const { stopDate } = getExecution(states, executionArn);
      return { stopDate: new Date(stopDate ?? states.ctx.clock()) };
    },
  });
}
