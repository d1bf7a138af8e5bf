import type { ServiceContext } from '../../service-context.ts';
import type { Table } from '../../state/state.ts';

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

export interface Stack extends StackRecord {
  arn: string;
  createdAtMs: number;
  /** Absent until a second template was stood up. */
  updatedAtMs?: number;
}

export class Stacks {
  readonly #ctx: ServiceContext;
  readonly #table: Table<Stack>;

  constructor(ctx: ServiceContext) {
    this.#ctx = ctx;
    this.#table = ctx.state.table('stacks');
  }

  record(stack: StackRecord): Promise<void> {
    const { region, account, newId, clock, state } = this.#ctx;
    return state.commit(() => {
      const before = this.#table.get([stack.name]);
      const arn = before?.arn ?? `arn:aws:cloudformation:${region}:${account}:stack/${stack.name}/${newId()}`;
      const times = before ? { createdAtMs: before.createdAtMs, updatedAtMs: clock() } : { createdAtMs: clock() };
      this.#table.put([stack.name], { ...stack, arn, ...times });
    });
  }

  /** By name or ARN. */
  find(nameOrArn: string): Stack | undefined {
    const stack = this.#table.get([nameOrArn.startsWith('arn:') ? (nameOrArn.split('/')[1] ?? '') : nameOrArn]);
    return stack && (stack.name === nameOrArn || stack.arn === nameOrArn) ? stack : undefined;
  }

  *all(): Iterable<Stack> {
    for (const { value } of this.#table.range()) yield value;
  }
}
