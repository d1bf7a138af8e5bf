/** Tags of state machines. https://docs.aws.amazon.com/step-functions/latest/apireference/API_TagResource.html */
import { z } from 'zod';
import { withTagKeys, withTags } from '../../../request-tags.ts';
import { AwsError, operation } from '../../../service.ts';
import type { StateMachineRecord } from '../state-machines.ts';
import { getMachine, type States } from '../states-service.ts';
import { Tags, tagRecord } from './machine-input.ts';

const TAGS_MAX = 50;

export function tagResource(states: States) {
  return operation({
    input: z.object({ resourceArn: z.string(), tags: Tags }),
    access: ({ resourceArn: resource, tags }) =>
      withTags([{ action: 'states:TagResource', resource }], tagRecord(tags)),
    async run({ resourceArn, tags }) {
      const machine = taggable(states, resourceArn);
      const all = { ...machine.tags, ...tagRecord(tags) };
      if (Object.keys(all).length > TAGS_MAX)
        throw new AwsError('TooManyTags', `A resource has at most ${TAGS_MAX} tags`);
      await states.machines.put({ ...machine, tags: all });
      return {};
    },
  });
}

export function untagResource(states: States) {
  return operation({
    input: z.object({ resourceArn: z.string(), tagKeys: z.array(z.string()) }),
    access: ({ resourceArn: resource, tagKeys }) =>
      withTagKeys([{ action: 'states:UntagResource', resource }], tagKeys),
    async run({ resourceArn, tagKeys }) {
      const machine = taggable(states, resourceArn);
      const tags = Object.fromEntries(Object.entries(machine.tags).filter(([key]) => !tagKeys.includes(key)));
      await states.machines.put({ ...machine, tags });
      return {};
    },
  });
}

export function listTagsForResource(states: States) {
  return operation({
    input: z.object({ resourceArn: z.string() }),
    access: ({ resourceArn }) => [{ action: 'states:ListTagsForResource', resource: resourceArn }],
    run({ resourceArn }) {
      const { tags } = taggable(states, resourceArn);
      return { tags: Object.entries(tags).map(([key, value]) => ({ key, value })) };
    },
  });
}

function taggable(states: States, arn: string): StateMachineRecord {
  try {
    return getMachine(states, arn);
  } catch (cause) {
    const error = new AwsError('ResourceNotFound', `Resource not found: '${arn}'`);
    error.cause = cause;
    throw error;
  }
}
