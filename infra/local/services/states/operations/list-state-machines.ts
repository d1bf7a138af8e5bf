import { z } from 'zod';
import { operation } from '../../../service.ts';
import { fromToken, takePage, toToken } from '../page.ts';
import type { States } from '../states-service.ts';

const PAGE_MAX = 100;

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListStateMachines.html */
export function listStateMachines({ machines }: States) {
  return operation({
    input: z.object({ maxResults: z.int().min(0).max(1000).optional(), nextToken: z.string().optional() }),
    access: () => [{ action: 'states:ListStateMachines', resource: '*' }],
    run({ maxResults, nextToken }) {
      const after = fromToken(nextToken, z.string());
      const rest = machines.list().filter(({ name }) => after === undefined || name > after);
      const { page, isMore } = takePage(rest, maxResults || PAGE_MAX);
      return {
        stateMachines: page.map(({ arn, name, type, creationDate }) => ({
          stateMachineArn: arn,
          name,
          type,
          creationDate: new Date(creationDate),
        })),
        ...(isMore && { nextToken: toToken(page.at(-1)?.name) }),
      };
    },
  });
}
