import { z } from 'zod';
import { operation } from '../../../service.ts';
import { invalidExecutionInput } from '../errors.ts';
import { PAYLOAD_BYTES_MAX } from '../interpreter/payload-text.ts';
import { checkName } from '../name.ts';
import { getMachine, type States } from '../states-service.ts';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html */
export function startExecution(states: States) {
  return operation({
    input: z.object({
      stateMachineArn: z.string(),
      name: z.string().optional(),
      input: z.string().optional(),
      traceHeader: z.string().optional(),
    }),
    access: ({ stateMachineArn }) => [{ action: 'states:StartExecution', resource: stateMachineArn }],
    async run({ stateMachineArn, name = states.ctx.newId(), input = '{}' }) {
      const machine = getMachine(states, stateMachineArn);
      checkName(name);
      checkInput(input);
      const { arn, startDate } = await states.executions.start(machine, name, input);
      return { executionArn: arn, startDate: new Date(startDate) };
    },
  });
}

function checkInput(input: string): void {
  if (Buffer.byteLength(input) > PAYLOAD_BYTES_MAX)
    throw invalidExecutionInput(`the input has more than ${PAYLOAD_BYTES_MAX} bytes`);
  try {
    JSON.parse(input);
  } catch (error) {
    throw invalidExecutionInput((error as Error).message);
  }
}
