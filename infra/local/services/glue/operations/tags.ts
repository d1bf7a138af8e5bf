import { z } from 'zod';
import { withTagKeys, withTags } from '../../../request-tags.ts';
import { type Operation, operation } from '../../../service.ts';
import type { Tags } from '../tags.ts';

const ResourceArn = z.string().regex(/^arn:aws:glue:/, 'must be the ARN of a Glue resource');

export function tagOperations(tags: Tags): Record<string, Operation> {
  return {
    GetTags: operation({
      input: z.object({ ResourceArn }),
      access: ({ ResourceArn: resource }) => [{ action: 'glue:GetTags', resource }],
      run: ({ ResourceArn: arn }) => ({ Tags: tags.list(arn) }),
    }),
    TagResource: operation({
      input: z.object({ ResourceArn, TagsToAdd: z.record(z.string().min(1).max(128), z.string().max(256)) }),
      access: ({ ResourceArn: resource, TagsToAdd }) => withTags([{ action: 'glue:TagResource', resource }], TagsToAdd),
      run: async ({ ResourceArn: arn, TagsToAdd }) => {
        await tags.add(arn, TagsToAdd);
        return {};
      },
    }),
    UntagResource: operation({
      input: z.object({ ResourceArn, TagsToRemove: z.array(z.string()) }),
      access: ({ ResourceArn: resource, TagsToRemove }) =>
        withTagKeys([{ action: 'glue:UntagResource', resource }], TagsToRemove),
      run: async ({ ResourceArn: arn, TagsToRemove }) => {
        await tags.remove(arn, TagsToRemove);
        return {};
      },
    }),
  };
}
