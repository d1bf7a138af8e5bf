import { z } from 'zod';
import { withTagKeys, withTags } from '../../../request-tags.ts';
import { type Operation, operation } from '../../../service.ts';
import type { ServiceContext } from '../../../service-context.ts';
import type { AthenaArns } from '../arns.ts';
import { Paging, pageOf } from '../paging.ts';
import {
  EFFECTIVE_ENGINE_VERSION,
  updateConfiguration,
  type WorkGroup,
  WorkGroupConfiguration,
  WorkGroupConfigurationUpdates,
  WorkGroupName,
  type WorkGroups,
} from '../work-groups.ts';

const Tags = z.array(z.object({ Key: z.string(), Value: z.string().default('') }));
const State = z.enum(['ENABLED', 'DISABLED']);

const CreateWorkGroup = z.object({
  Name: WorkGroupName,
  Description: z.string().max(1024).optional(),
  Configuration: WorkGroupConfiguration.default({}),
  Tags: Tags.default([]),
});

const UpdateWorkGroup = z.object({
  WorkGroup: WorkGroupName,
  Description: z.string().max(1024).optional(),
  State: State.optional(),
  ConfigurationUpdates: WorkGroupConfigurationUpdates.optional(),
});

export function workGroupOperations(
  ctx: ServiceContext,
  arns: AthenaArns,
  workGroups: WorkGroups,
): Record<string, Operation> {
  return {
    CreateWorkGroup: operation({
      input: CreateWorkGroup,
      access: ({ Name, Tags: tags }) => withTags(arns.onWorkGroup('CreateWorkGroup', Name), tags),
      run: async ({ Name, Description, Configuration, Tags: tags }) => {
        await workGroups.create({
          name: Name,
          state: 'ENABLED',
          description: Description,
          configuration: Configuration,
          createdAt: ctx.clock(),
          tags: Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value])),
        });
        return {};
      },
    }),
    GetWorkGroup: operation({
      input: z.object({ WorkGroup: WorkGroupName }),
      access: ({ WorkGroup }) => arns.onWorkGroup('GetWorkGroup', WorkGroup),
      run: ({ WorkGroup }) => ({ WorkGroup: workGroupOut(workGroups.get(WorkGroup)) }),
    }),
    ListWorkGroups: operation({
      input: z.object(Paging),
      access: () => [{ action: 'athena:ListWorkGroups', resource: '*' }],
      run: (input) => {
        const { items, NextToken } = pageOf(workGroups.list(), input, ({ name }) => name);
        return { WorkGroups: items.map(summaryOut), NextToken };
      },
    }),
    UpdateWorkGroup: operation({
      input: UpdateWorkGroup,
      access: ({ WorkGroup }) => arns.onWorkGroup('UpdateWorkGroup', WorkGroup),
      run: async ({ WorkGroup: name, Description, State: state, ConfigurationUpdates }) => {
        await workGroups.update(name, (group) => ({
          ...group,
          state: state ?? group.state,
          description: Description ?? group.description,
          configuration: ConfigurationUpdates
            ? updateConfiguration(group.configuration, ConfigurationUpdates)
            : group.configuration,
        }));
        return {};
      },
    }),
    DeleteWorkGroup: operation({
      input: z.object({ WorkGroup: WorkGroupName, RecursiveDeleteOption: z.boolean().optional() }),
      access: ({ WorkGroup }) => arns.onWorkGroup('DeleteWorkGroup', WorkGroup),
      run: async ({ WorkGroup }) => {
        await workGroups.delete(WorkGroup);
        return {};
      },
    }),
    ListTagsForResource: operation({
      input: z.object({ ResourceARN: z.string(), ...Paging }),
      access: ({ ResourceARN }) => [{ action: 'athena:ListTagsForResource', resource: ResourceARN }],
      run: ({ ResourceARN }) => {
        const { tags } = workGroups.get(nameInArn(ResourceARN));
        return { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
      },
    }),
    TagResource: operation({
      input: z.object({ ResourceARN: z.string(), Tags }),
      access: ({ ResourceARN: resource, Tags: added }) => withTags([{ action: 'athena:TagResource', resource }], added),
      run: async ({ ResourceARN, Tags: added }) => {
        const tags = Object.fromEntries(added.map(({ Key, Value }) => [Key, Value]));
        await workGroups.update(nameInArn(ResourceARN), (group) => ({ ...group, tags: { ...group.tags, ...tags } }));
        return {};
      },
    }),
    UntagResource: operation({
      input: z.object({ ResourceARN: z.string(), TagKeys: z.array(z.string()) }),
      access: ({ ResourceARN: resource, TagKeys }) =>
        withTagKeys([{ action: 'athena:UntagResource', resource }], TagKeys),
      run: async ({ ResourceARN, TagKeys }) => {
        await workGroups.update(nameInArn(ResourceARN), (group) => ({
          ...group,
          tags: Object.fromEntries(Object.entries(group.tags).filter(([key]) => !TagKeys.includes(key))),
        }));
        return {};
      },
    }),
  };
}

const ENGINE_VERSION = { SelectedEngineVersion: 'AUTO', EffectiveEngineVersion: EFFECTIVE_ENGINE_VERSION };

function workGroupOut({ name, state, description, configuration, createdAt }: WorkGroup) {
  return {
    Name: name,
    State: state,
    Description: description,
    CreationTime: createdAt / 1000,
    Configuration: { ...configuration, EngineVersion: ENGINE_VERSION },
  };
}

function summaryOut({ name, state, description, createdAt }: WorkGroup) {
  return {
    Name: name,
    State: state,
    Description: description,
    CreationTime: createdAt / 1000,
    EngineVersion: ENGINE_VERSION,
  };
}

function nameInArn(arn: string): string {
  return arn.split(':workgroup/').at(-1) ?? '';
}
