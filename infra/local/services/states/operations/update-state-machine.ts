import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { AwsError, operation } from '../../../service.ts';
import { getMachine, type States } from '../states-service.ts';
import {
  Configurations,
  checkDefinitionText,
  checkRole,
  Definition,
  passRole,
  refusePublish,
} from './machine-input.ts';

const Input = z.object({
  stateMachineArn: z.string(),
  definition: Definition.optional(),
  roleArn: z.string().min(1).optional(),
  ...Configurations,
});

/**
 * Running executions go on with the definition and role that they started with.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_UpdateStateMachine.html
 */
export function updateStateMachine(states: States) {
  return operation({
    input: Input,
    access: ({ stateMachineArn, roleArn }) => [
      { action: 'states:UpdateStateMachine', resource: stateMachineArn },
      ...(roleArn === undefined ? [] : [passRole(roleArn)]),
    ],
    async run(input) {
      const machine = getMachine(states, input.stateMachineArn);
      refusePublish(input);
      const { definition, roleArn, loggingConfiguration, tracingConfiguration } = input;
      const changes = { definition, roleArn, loggingConfiguration, tracingConfiguration };
      if (Object.values(changes).every((value) => value === undefined)) {
        throw new AwsError(
          'MissingRequiredParameter',
          'Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified',
        );
      }
      if (definition !== undefined) checkDefinitionText(definition);
      if (roleArn !== undefined) checkRole(states, roleArn);
      const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
      const next = { ...machine, ...given };
      // The same deployment again makes no new revision.
      if (!isDeepStrictEqual(next, machine)) {
        await states.machines.put({ ...next, updateDate: states.ctx.clock(), revisionId: states.ctx.newId() });
      }
      const { updateDate, revisionId } = getMachine(states, machine.arn);
      return { updateDate: new Date(updateDate), revisionId };
    },
  });
}
