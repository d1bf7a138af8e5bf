import { z } from 'zod';
import { operation } from '../../../service.ts';
import { getExecution, type States } from '../states-service.ts';

const INCLUDED = { included: true };

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeExecution.html */
export function describeExecution(states: States) {
  return operation({
    input: z.object({ executionArn: z.string(), includedData: z.enum(['ALL_DATA', 'METADATA_ONLY']).optional() }),
    access: ({ executionArn }) => [{ action: 'states:DescribeExecution', resource: executionArn }],
    run({ executionArn, includedData }) {
      const execution = getExecution(states, executionArn);
      const { arn, machineArn, name, status, startDate, stopDate, input, output, error, cause } = execution;
      const about = {
        executionArn: arn,
        stateMachineArn: machineArn,
        name,
        status,
        startDate: new Date(startDate),
        stopDate: stopDate === undefined ? undefined : new Date(stopDate),
        redriveCount: 0,
        redriveStatus: 'NOT_REDRIVABLE',
        redriveStatusReason: 'The local lake does not redrive executions',
      };
      if (includedData === 'METADATA_ONLY') return about;
      const outputs = output === undefined ? {} : { output, outputDetails: INCLUDED };
      return { ...about, input, inputDetails: INCLUDED, ...outputs, error, cause };
    },
  });
}
