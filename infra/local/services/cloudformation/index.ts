/**
 * CloudFormation, as far as reading what was stood up: stacks, their outputs and their resources.
 *
 * Gaps: stacks cannot be made or changed here; every other operation answers InvalidAction.
 *
 * By design: the provisioner (infra/local/provision) makes the resources by the services' own calls and records the
 * stack in-process when all of them are there, so a stack that can be read is complete.
 */
import type { OperationService } from '../../service.ts';
import type { ServiceContext } from '../../service-context.ts';
import { stackOperations } from './operations.ts';
import { type StackRecord, Stacks } from './stacks.ts';

export type { StackRecord } from './stacks.ts';

export interface CloudFormationService extends OperationService {
  /** Keeps what a template has become; resolves when that is durable. */
  record(stack: StackRecord): Promise<void>;
  find(name: string): StackRecord | undefined;
}

export async function startCloudFormationService(ctx: ServiceContext): Promise<CloudFormationService> {
  const stacks = new Stacks(ctx);
  return {
    name: 'cloudformation',
    protocol: 'query',
    xmlNamespace: 'http://cloudformation.amazonaws.com/doc/2010-05-15/',
    operations: stackOperations(ctx, stacks),
    record: (stack) => stacks.record(stack),
    find: (name) => stacks.find(name),
  };
}
