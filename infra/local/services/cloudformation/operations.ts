import { z } from 'zod';
import { AwsError, type Operation, operation } from '../../service.ts';
import type { ServiceContext } from '../../service-context.ts';
import type { Stack, StackResource, Stacks } from './stacks.ts';

const StackName = z.string().min(1).max(2048);
const NextToken = z.string().optional();

/** A lake has one stack, or a few: every answer is one page, and NextToken is never given out. */
export function stackOperations(ctx: ServiceContext, stacks: Stacks): Record<string, Operation> {
  const access = (action: string) => (input: { StackName?: string }) => [
    { action: `cloudformation:${action}`, resource: stackArn(ctx, stacks, input.StackName ?? '*') },
  ];
  const get = (name: string): Stack => {
    const stack = stacks.find(name);
    if (!stack) throw new AwsError('ValidationError', `Stack with id ${name} does not exist`);
    return stack;
  };
  return {
    DescribeStacks: operation({
      input: z.object({ StackName: StackName.optional(), NextToken }),
      access: access('DescribeStacks'),
      run: (input) => ({ Stacks: (input.StackName ? [get(input.StackName)] : [...stacks.all()]).map(stackShape) }),
    }),
    ListStacks: operation({
      input: z.object({ NextToken, StackStatusFilter: z.array(z.string()).optional() }),
      access: () => [{ action: 'cloudformation:ListStacks', resource: '*' }],
      run: (input) => {
        const summaries = [...stacks.all()].map(summaryShape);
        const wanted = input.StackStatusFilter;
        return {
          StackSummaries: wanted ? summaries.filter(({ StackStatus }) => wanted.includes(StackStatus)) : summaries,
        };
      },
    }),
    DescribeStackResources: operation({
      input: z.object({ StackName, LogicalResourceId: z.string().optional() }),
      access: access('DescribeStackResources'),
      run: (input) => {
        const stack = get(input.StackName);
        const wanted = stack.resources.filter(({ logicalId }) => (input.LogicalResourceId ?? logicalId) === logicalId);
        return {
          StackResources: wanted.map((resource) => ({
            StackName: stack.name,
            StackId: stack.arn,
            ...resourceShape(resource, stack, 'Timestamp'),
          })),
        };
      },
    }),
    ListStackResources: operation({
      input: z.object({ StackName, NextToken }),
      access: access('ListStackResources'),
      run: (input) => {
        const stack = get(input.StackName);
        return {
          StackResourceSummaries: stack.resources.map((resource) =>
            resourceShape(resource, stack, 'LastUpdatedTimestamp'),
          ),
        };
      },
    }),
  };
}

function stackArn({ region, account }: ServiceContext, stacks: Stacks, name: string): string {
  if (name.startsWith('arn:')) return name;
  return stacks.find(name)?.arn ?? `arn:aws:cloudformation:${region}:${account}:stack/${name}/*`;
}

function statusOf({ updatedAtMs }: Stack): 'CREATE_COMPLETE' | 'UPDATE_COMPLETE' {
  return updatedAtMs === undefined ? 'CREATE_COMPLETE' : 'UPDATE_COMPLETE';
}

function summaryShape(stack: Stack) {
  return {
    StackId: stack.arn,
    StackName: stack.name,
    CreationTime: new Date(stack.createdAtMs),
    LastUpdatedTime: stack.updatedAtMs === undefined ? undefined : new Date(stack.updatedAtMs),
    StackStatus: statusOf(stack),
  };
}

function stackShape(stack: Stack) {
  return {
    ...summaryShape(stack),
    Outputs: Object.entries(stack.outputs).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue })),
    Tags: [],
  };
}

function resourceShape({ logicalId, physicalId, type }: StackResource, stack: Stack, time: string) {
  return {
    LogicalResourceId: logicalId,
    PhysicalResourceId: physicalId,
    ResourceType: type,
    [time]: new Date(stack.updatedAtMs ?? stack.createdAtMs),
    ResourceStatus: statusOf(stack),
  };
}
