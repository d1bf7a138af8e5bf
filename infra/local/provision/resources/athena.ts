import { CreateWorkGroupCommand, UpdateWorkGroupCommand, type WorkGroupConfiguration } from '@aws-sdk/client-athena';
import { createOrUpdate, resource } from '../resource.ts';

interface WorkGroupProperties {
  Name: string;
  Description?: string;
  WorkGroupConfiguration: WorkGroupConfiguration;
}

/** `AWS::Athena::WorkGroup`. */
export const workGroup = resource<WorkGroupProperties>(async (properties, _id, { clients: { athena } }) => {
  const { Name, Description, WorkGroupConfiguration: Configuration } = properties;
  const { ResultConfiguration, ...rest } = Configuration;
  await createOrUpdate(
    // Athena has no error of its own for a name that is taken.
    ['InvalidRequestException'],
    () => athena.send(new CreateWorkGroupCommand({ Name, Description, Configuration })),
    () =>
      athena.send(
        new UpdateWorkGroupCommand({
          WorkGroup: Name,
          Description,
          ConfigurationUpdates: { ...rest, ResultConfigurationUpdates: ResultConfiguration },
        }),
      ),
  );
  return { ref: Name, attributes: {} };
});
