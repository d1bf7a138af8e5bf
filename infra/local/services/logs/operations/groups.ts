import { z } from 'zod';
import { type Operation, operation } from '../../../service.ts';
import type { ServiceContext } from '../../../service-context.ts';
import type { LogGroup, LogStore } from '../log-store.ts';
import { GroupName, groupArn, NextToken } from '../schemas.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const logGroupName = GroupName;

export function groupOperations(ctx: ServiceContext, store: LogStore): Record<string, Operation> {
  const access = (action: string) => (input: { logGroupName: string }) => [
    { action: `logs:${action}`, resource: groupArn(ctx, input.logGroupName) },
  ];
  return {
    CreateLogGroup: operation({
      input: z.object({ logGroupName }),
      access: access('CreateLogGroup'),
      run: (input) => store.createGroup(input.logGroupName),
    }),
    DeleteLogGroup: operation({
      input: z.object({ logGroupName }),
      access: access('DeleteLogGroup'),
      run: (input) => store.deleteGroup(input.logGroupName),
    }),
    PutRetentionPolicy: operation({
      input: z.object({
        logGroupName,
        retentionInDays: z
          .number()
          .refine((days) => RETENTION_DAYS.includes(days), `Member must be one of ${RETENTION_DAYS.join(', ')}`),
      }),
      access: access('PutRetentionPolicy'),
      run: (input) => store.setRetention(input.logGroupName, input.retentionInDays),
    }),
    DeleteRetentionPolicy: operation({
      input: z.object({ logGroupName }),
      access: access('DeleteRetentionPolicy'),
      run: (input) => store.setRetention(input.logGroupName, undefined),
    }),
    DescribeLogGroups: operation({
      input: z.object({
        logGroupNamePrefix: GroupName.optional(),
        limit: z.number().int().min(1).max(50).default(50),
        nextToken: NextToken,
      }),
      // The resource that AWS names when it refuses: every group.
      access: () => [{ action: 'logs:DescribeLogGroups', resource: groupArn(ctx, ':log-stream:') }],
      run: ({ logGroupNamePrefix = '', limit, nextToken = '' }) => {
        const all = [...store.groups.range()].map(({ value }) => value);
        const chosen = all.filter(({ name }) => name.startsWith(logGroupNamePrefix) && name > nextToken);
        const page = chosen.slice(0, limit);
        return {
          logGroups: page.map((group) => groupShape(ctx, group)),
          nextToken: chosen.length > limit ? page.at(-1)?.name : undefined,
        };
      },
    }),
  };
}

function groupShape(ctx: ServiceContext, { name, createdAtMs, retentionInDays, storedBytes }: LogGroup) {
  const logGroupArn = groupArn(ctx, name);
  return {
    logGroupName: name,
    creationTime: createdAtMs,
    retentionInDays,
    storedBytes,
    arn: `${logGroupArn}:*`,
    logGroupArn,
    metricFilterCount: 0,
    logGroupClass: 'STANDARD',
  };
}
