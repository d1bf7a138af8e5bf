/** Tags of rules. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_TagResource.html */
import { z } from 'zod';
import { withTagKeys, withTags } from '../../../request-tags.ts';
import { AwsError, operation } from '../../../service.ts';
import { type Events, ruleArn } from '../events-service.ts';
import { Tags } from './schemas.ts';

const ResourceARN = z.string().min(1).max(1600);

export function tagResource(events: Events) {
  return operation({
    input: z.object({ ResourceARN, Tags }),
    access: ({ ResourceARN: resource, Tags }) => withTags([{ action: 'events:TagResource', resource }], Tags),
    async run({ ResourceARN, Tags }) {
      const added = Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value]));
      await events.rules.change(nameOf(events, ResourceARN), (rule) => ({ ...rule, tags: { ...rule.tags, ...added } }));
      return {};
    },
  });
}

export function untagResource(events: Events) {
  return operation({
    input: z.object({ ResourceARN, TagKeys: z.array(z.string()) }),
    access: ({ ResourceARN: resource, TagKeys }) =>
      withTagKeys([{ action: 'events:UntagResource', resource }], TagKeys),
    async run({ ResourceARN, TagKeys }) {
      await events.rules.change(nameOf(events, ResourceARN), (rule) => {
        const tags = Object.fromEntries(Object.entries(rule.tags).filter(([key]) => !TagKeys.includes(key)));
        return { ...rule, tags };
      });
      return {};
    },
  });
}

export function listTagsForResource(events: Events) {
  return operation({
    input: z.object({ ResourceARN }),
    access: ({ ResourceARN }) => [{ action: 'events:ListTagsForResource', resource: ResourceARN }],
    run({ ResourceARN }) {
      const { tags } = events.rules.get(nameOf(events, ResourceARN));
      return { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
    },
  });
}

function nameOf({ ctx }: Events, arn: string): string {
  const prefix = ruleArn(ctx, '');
  if (!arn.startsWith(prefix)) throw new AwsError('ResourceNotFoundException', `Rule ${arn} does not exist.`);
  return arn.slice(prefix.length);
}
