import { z } from 'zod';
import { operation } from '../../../service.ts';
import { type HistoryEvent, withoutData } from '../history-event.ts';
import { fromToken, takePage, toToken } from '../page.ts';
import { getExecution, type States } from '../states-service.ts';

const PAGE_MAX = 100;

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_GetExecutionHistory.html */
export function getExecutionHistory(states: States) {
  return operation({
    input: z.object({
      executionArn: z.string(),
      includeExecutionData: z.boolean().optional(),
      reverseOrder: z.boolean().optional(),
      maxResults: z.int().min(0).max(1000).optional(),
      nextToken: z.string().optional(),
    }),
    access: ({ executionArn }) => [{ action: 'states:GetExecutionHistory', resource: executionArn }],
    run({ executionArn, includeExecutionData = true, reverseOrder = false, maxResults, nextToken }) {
      const execution = getExecution(states, executionArn);
      const from = fromToken(nextToken, z.number());
      const limit = maxResults || PAGE_MAX;
      const entries = states.executions.store.history(execution, {
        ...(from !== undefined && { from }),
        reverse: reverseOrder,
        limit: limit + 1,
      });
      const { page, isMore } = takePage(entries, limit);
      return {
        events: page.map(({ event }) => toWire(includeExecutionData ? event : withoutData(event))),
        ...(isMore && { nextToken: toToken(entries[limit]?.event.id) }),
      };
    },
  });
}

function toWire(event: HistoryEvent) {
  return { ...event, timestamp: new Date(event.timestamp) };
}
