import { z } from 'zod';
import { operation } from '../../../service.ts';
import { parseMachineArn } from '../arns.ts';
import type { States } from '../states-service.ts';

/**
 * Ends what runs, and forgets the machine with its executions. A machine that is not there is no error.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_DeleteStateMachine.html
 */
export function deleteStateMachine({ ctx, space, machines, executions }: States) {
  return operation({
    input: z.object({ stateMachineArn: z.string() }),
    access: ({ stateMachineArn }) => [{ action: 'states:DeleteStateMachine', resource: stateMachineArn }],
    async run({ stateMachineArn }) {
      const name = parseMachineArn(space, stateMachineArn);
      if (machines.find(name)?.arn !== stateMachineArn) return {};
      // First the machine, so that nothing new starts; its executions and their definitions once they rest.
      await ctx.state.commit(() => machines.remove(name));
      await executions.stopAll(name);
      await ctx.state.commit(() => executions.store.removeAll(name));
      return {};
    },
  });
}
