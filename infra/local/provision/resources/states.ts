import { CreateStateMachineCommand, DescribeStateMachineCommand, UpdateStateMachineCommand } from '@aws-sdk/client-sfn';
import { createOrUpdate, resource } from '../resource.ts';

interface StateMachineProperties {
  StateMachineName: string;
  DefinitionString: string;
  DefinitionSubstitutions?: Record<string, string>;
  RoleArn: string;
}

/** `AWS::StepFunctions::StateMachine`. */
export const stateMachine = resource<StateMachineProperties>(
  async (properties, _id, { clients: { states }, region, account }) => {
    const { StateMachineName: name, RoleArn: roleArn } = properties;
    const definition = substitute(properties.DefinitionString, properties.DefinitionSubstitutions ?? {});
    const stateMachineArn = `arn:aws:states:${region}:${account}:stateMachine:${name}`;
    await createOrUpdate(
      ['StateMachineDoesNotExist'],
      () => states.send(new DescribeStateMachineCommand({ stateMachineArn })),
      () => states.send(new CreateStateMachineCommand({ name, definition, roleArn })),
    );
    await states.send(new UpdateStateMachineCommand({ stateMachineArn, definition, roleArn }));
    return { ref: stateMachineArn, attributes: { Arn: stateMachineArn, Name: name } };
  },
);

function substitute(definition: string, values: Record<string, string>): string {
  return definition.replace(/\$\{([A-Za-z0-9_]+)\}/g, (whole, name: string) => values[name] ?? whole);
}
