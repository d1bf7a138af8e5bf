/** https://docs.aws.amazon.com/lambda/latest/api/API_TagResource.html */
import { z } from 'zod';
import { withTagKeys, withTags } from '../../../request-tags.ts';
import { operation } from '../../../service.ts';
import { getFunctionRecord, type Lambda, onFunction } from '../lambda-service.ts';
import { Tags } from '../schemas.ts';

export function tagResource(lambda: Lambda) {
  return operation({
    input: z.object({ Resource: z.string(), Tags }),
    access: ({ Resource, Tags }) => withTags(onFunction(lambda, 'TagResource', Resource), Tags),
    async run({ Resource, Tags }) {
      const record = getFunctionRecord(lambda, Resource);
      await lambda.functions.put({ ...record, tags: { ...record.tags, ...Tags } });
      return {};
    },
  });
}

export function untagResource(lambda: Lambda) {
  return operation({
    input: z.object({ Resource: z.string(), TagKeys: z.array(z.string()) }),
    access: ({ Resource, TagKeys }) => withTagKeys(onFunction(lambda, 'UntagResource', Resource), TagKeys),
    async run({ Resource, TagKeys }) {
      const record = getFunctionRecord(lambda, Resource);
      const tags = Object.fromEntries(Object.entries(record.tags).filter(([key]) => !TagKeys.includes(key)));
      await lambda.functions.put({ ...record, tags });
      return {};
    },
  });
}

export function listTags(lambda: Lambda) {
  return operation({
    input: z.object({ Resource: z.string() }),
    access: ({ Resource }) => onFunction(lambda, 'ListTags', Resource),
    run: ({ Resource }) => ({ Tags: getFunctionRecord(lambda, Resource).tags }),
  });
}
