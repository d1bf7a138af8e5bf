import { z } from 'zod';
import { operation } from '../../../service.ts';
import { validationException } from '../errors.ts';
import { fromToken, takePage, toToken } from '../page.ts';
import { getMachine, type States } from '../states-service.ts';

const PAGE_MAX = 100;
const Position = z.object({ inverted: z.number(), name: z.string() });

/** Newest first. https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListExecutions.html */
export function listExecutions(states: States) {
  return operation({
    input: z.object({
      stateMachineArn: z.string().optional(),
      mapRunArn: z.string().optional(),
      statusFilter: z.enum(['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED', 'PENDING_REDRIVE']).optional(),
      redriveFilter: z.enum(['REDRIVEN', 'NOT_REDRIVEN']).optional(),
      maxResults: z.int().min(0).max(1000).optional(),
      nextToken: z.string().optional(),
    }),
    access: ({ stateMachineArn = '*' }) => [{ action: 'states:ListExecutions', resource: stateMachineArn }],
    run({ stateMachineArn, statusFilter, redriveFilter, maxResults, nextToken }) {
      if (stateMachineArn === undefined) throw validationException('Must specify a state machine ARN');
      const machine = getMachine(states, stateMachineArn);
      const after = fromToken(nextToken, Position);
      const matching = states.executions.store.list(machine.name, after);
      const { page, isMore } = takePage(
        filter(
          matching,
          ({ summary }) => redriveFilter !== 'REDRIVEN' && (!statusFilter || summary.status === statusFilter),
        ),
        maxResults || PAGE_MAX,
      );
      return {
        executions: page.map(({ summary: { arn, machineArn, name, status, startDate, stopDate } }) => ({
          executionArn: arn,
          stateMachineArn: machineArn,
          name,
          status,
          startDate: new Date(startDate),
          ...(stopDate !== undefined && { stopDate: new Date(stopDate) }),
        })),
        ...(isMore && { nextToken: toToken(page.at(-1)?.position) }),
      };
    },
  });
}

function* filter<T>(items: Iterable<T>, isWanted: (item: T) => boolean): Iterable<T> {
  for (const item of items) if (isWanted(item)) yield item;
}
