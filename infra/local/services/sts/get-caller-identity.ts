import { z } from 'zod';
import { operation } from '../../service.ts';

/** Needs no permission: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
export const getCallerIdentity = operation({
  input: z.object({}),
  access: () => [],
  run: (_input, { principal }) => ({ Arn: principal.arn, UserId: principal.userId, Account: principal.accountId }),
});
