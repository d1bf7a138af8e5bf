import type { OperationService } from '../../service.ts';
import type { ServiceContext } from '../../service-context.ts';

/** A stack as the provisioner reports it. */
export interface StackRecord {
  name: string;
  outputs: Record<string, string>;
  resources: StackResource[];
  templateHash: string;
}

export interface StackResource {
  logicalId: string;
  physicalId: string;
  /** `AWS::S3::Bucket`. */
  type: string;
}

export type CloudFormationService = OperationService & {
  record(stack: StackRecord): Promise<void>;
  find(name: string): StackRecord | undefined;
};

export async function startCloudFormationService(ctx: ServiceContext): Promise<CloudFormationService> {
  const stacks = ctx.state.table<StackRecord>('stacks');
  return {
    name: 'cloudformation',
    protocol: 'query',
    xmlNamespace: 'http://cloudformation.amazonaws.com/doc/2010-05-15/',
    operations: {},
    record: (stack) => ctx.state.commit(() => stacks.put([stack.name], stack)),
    find: (name) => stacks.get([name]),
  };
}
