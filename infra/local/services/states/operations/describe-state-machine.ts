import { z } from 'zod';
import { operation } from '../../../service.ts';
import { executionDoesNotExist } from '../errors.ts';
import type { StateMachineRecord } from '../state-machines.ts';
import { getExecution, getMachine, type States } from '../states-service.ts';

const IncludedData = z.enum(['ALL_DATA', 'METADATA_ONLY']).optional();

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeStateMachine.html */
export function describeStateMachine(states: States) {
  return operation({
    input: z.object({ stateMachineArn: z.string(), includedData: IncludedData }),
    access: ({ stateMachineArn }) => [{ action: 'states:DescribeStateMachine', resource: stateMachineArn }],
    run({ stateMachineArn }) {
      const machine = getMachine(states, stateMachineArn);
      return {
        ...common(machine),
        status: 'ACTIVE',
        type: machine.type,
        definition: machine.definition,
        roleArn: machine.roleArn,
        creationDate: new Date(machine.creationDate),
        revisionId: machine.revisionId,
      };
    },
  });
}

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeStateMachineForExecution.html */
export function describeStateMachineForExecution(states: States) {
  return operation({
    input: z.object({ executionArn: z.string(), includedData: IncludedData }),
    access: ({ executionArn }) => [{ action: 'states:DescribeStateMachineForExecution', resource: executionArn }],
    run({ executionArn }) {
      const { machine: name, revisionId } = getExecution(states, executionArn);
      const machine = states.machines.find(name);
      const revision = states.machines.findRevision(name, revisionId);
      if (!machine || !revision) throw executionDoesNotExist(executionArn);
      return { ...common(machine), ...revision, updateDate: new Date(revision.updateDate), revisionId };
    },
  });
}

function common({ arn, name, loggingConfiguration, tracingConfiguration }: StateMachineRecord) {
  return { stateMachineArn: arn, name, loggingConfiguration, tracingConfiguration };
}
