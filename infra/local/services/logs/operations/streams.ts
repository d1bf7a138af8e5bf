import { z } from 'zod';
import { type Operation, operation } from '../../../service.ts';
import type { ServiceContext } from '../../../service-context.ts';
import type { LogStore, LogStream } from '../log-store.ts';
import { Group, groupArn, groupOf, NextToken, StreamName } from '../schemas.ts';

const DescribeLogStreams = z.object({
  ...Group,
  logStreamNamePrefix: StreamName.optional(),
  orderBy: z.enum(['LogStreamName', 'LastEventTime']).default('LogStreamName'),
  descending: z.boolean().default(false),
  limit: z.number().int().min(1).max(50).default(50),
  nextToken: NextToken,
});

export function streamOperations(ctx: ServiceContext, store: LogStore): Record<string, Operation> {
  return {
    DescribeLogStreams: operation({
      input: DescribeLogStreams,
      access: (input) => [{ action: 'logs:DescribeLogStreams', resource: groupArn(ctx, groupOf(input)) }],
      run: (input) => {
        const { name } = store.getGroup(groupOf(input));
        const chosen = store
          .streamsOf(name)
          .filter((stream) => stream.name.startsWith(input.logStreamNamePrefix ?? ''));
        const sorted =
          input.orderBy === 'LastEventTime' ? chosen.toSorted((a, b) => a.lastEventMs - b.lastEventMs) : chosen;
        const ordered = input.descending ? sorted.toReversed() : sorted;
        const start = input.nextToken ? ordered.findIndex((stream) => stream.name === input.nextToken) + 1 : 0;
        const page = ordered.slice(start, start + input.limit);
        const hasMore = ordered.length > start + input.limit;
        return {
          logStreams: page.map((stream) => streamShape(ctx, stream)),
          nextToken: hasMore ? page.at(-1)?.name : undefined,
        };
      },
    }),
  };
}

function streamShape(ctx: ServiceContext, stream: LogStream) {
  return {
    logStreamName: stream.name,
    creationTime: stream.createdAtMs,
    firstEventTimestamp: stream.firstEventMs,
    lastEventTimestamp: stream.lastEventMs,
    lastIngestionTime: stream.lastIngestionMs,
    arn: `${groupArn(ctx, stream.group)}:log-stream:${stream.name}`,
    storedBytes: 0,
  };
}
