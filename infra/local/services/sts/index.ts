import { z } from 'zod';
import { type OperationService, operation } from '../../service.ts';
import type { ServiceContext } from '../../service-context.ts';

export async function startStsService(_ctx: ServiceContext): Promise<OperationService> {
  return {
    name: 'sts',
    protocol: 'query',
    xmlNamespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
    operations: {
      GetCallerIdentity: operation({
        input: z.object({}),
        access: () => [],
        run: (_input, { principal }) => ({
          Arn: principal.arn,
          UserId: principal.userId,
          Account: principal.accountId,
        }),
      }),
    },
  };
}
