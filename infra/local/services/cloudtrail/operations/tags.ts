import { z } from 'zod';
import { type Operation, operation } from '../../../service.ts';
import type { CloudTrail } from '../cloudtrail.ts';

const TagsList = z.array(z.object({ Key: z.string().min(1).max(128), Value: z.string().max(256).default('') })).max(50);
const Tagged = z.object({ ResourceId: z.string().min(1), TagsList });

export function tagOperations({ trails }: CloudTrail): Record<string, Operation> {
  const access = (action: string) => (input: { ResourceId: string }) => [
    { action: `cloudtrail:${action}`, resource: trails.arnOf(input.ResourceId) },
  ];
  return {
    AddTags: operation({
      input: Tagged,
      access: access('AddTags'),
      async run({ ResourceId, TagsList: added }) {
        const tags = Object.fromEntries(added.map(({ Key, Value }) => [Key, Value]));
        await trails.change(ResourceId, (trail) => ({ ...trail, tags: { ...trail.tags, ...tags } }));
        return {};
      },
    }),
    RemoveTags: operation({
      input: Tagged,
      access: access('RemoveTags'),
      async run({ ResourceId, TagsList: removed }) {
        const names = new Set(removed.map(({ Key }) => Key));
        await trails.change(ResourceId, (trail) => {
          const tags = Object.entries(trail.tags).filter(([name]) => !names.has(name));
          return { ...trail, tags: Object.fromEntries(tags) };
        });
        return {};
      },
    }),
    ListTags: operation({
      input: z.object({ ResourceIdList: z.array(z.string()).min(1).max(20), NextToken: z.string().optional() }),
      access: ({ ResourceIdList }) =>
        ResourceIdList.map((id) => ({ action: 'cloudtrail:ListTags', resource: trails.arnOf(id) })),
      run: ({ ResourceIdList }) => ({
        ResourceTagList: ResourceIdList.map((id) => {
          const { arn, tags } = trails.get(id);
          return { ResourceId: arn, TagsList: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
        }),
      }),
    }),
  };
}
