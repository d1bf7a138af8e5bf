import { z } from 'zod';
import { withTags } from '../../../request-tags.ts';
import { AwsError, operation } from '../../../service.ts';
import { machineArn } from '../arns.ts';
import { machineAlreadyExists } from '../errors.ts';
import { checkName } from '../name.ts';
import type { StateMachineRecord } from '../state-machines.ts';
import type { States } from '../states-service.ts';
import {
  Configurations,
  checkDefinitionText,
  checkRole,
  Definition,
  passRole,
  refusePublish,
  Tags,
  tagRecord,
} from './machine-input.ts';

const Input = z.object({
  name: z.string(),
  definition: Definition,
  roleArn: z.string().min(1),
  type: z.enum(['STANDARD', 'EXPRESS']).optional(),
  tags: Tags.optional(),
  ...Configurations,
});

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachine.html */
export function createStateMachine(states: States) {
  return operation({
    input: Input,
    access: ({ name, roleArn, tags }) => [
      ...withTags([{ action: 'states:CreateStateMachine', resource: machineArn(states.space, name) }], tagRecord(tags)),
      passRole(roleArn),
    ],
    async run(input) {
      checkName(input.name);
      refusePublish(input);
      if (input.type === 'EXPRESS') {
        throw new AwsError(
          'StateMachineTypeNotSupported',
          'State machine type is not supported: the local lake runs STANDARD ones.',
        );
      }
      checkDefinitionText(input.definition);
      checkRole(states, input.roleArn);
      const machine = existing(states, input) ?? (await make(states, input));
      return { stateMachineArn: machine.arn, creationDate: new Date(machine.creationDate) };
    },
  });
}

/** Creating the very same machine again is no error; the role and the tags do not count. */
function existing({ machines }: States, { name, definition }: z.infer<typeof Input>): StateMachineRecord | undefined {
  const machine = machines.find(name);
  if (machine && machine.definition !== definition) throw machineAlreadyExists(machine.arn);
  return machine;
}

async function make({ ctx, space, machines }: States, input: z.infer<typeof Input>): Promise<StateMachineRecord> {
  const now = ctx.clock();
  const machine: StateMachineRecord = {
    arn: machineArn(space, input.name),
    name: input.name,
    type: 'STANDARD',
    definition: input.definition,
    roleArn: input.roleArn,
    creationDate: now,
    updateDate: now,
    loggingConfiguration: input.loggingConfiguration ?? { level: 'OFF', includeExecutionData: false },
    tracingConfiguration: input.tracingConfiguration ?? { enabled: false },
    tags: tagRecord(input.tags),
  };
  await machines.put(machine);
  return machine;
}
