/** The machines and every revision of their definitions, which executions go on with after an update. */
import type { Definition } from '../../../../lib/languages/asl/definition.ts';
import { parseDefinition } from '../../../../lib/languages/asl/parse-definition.ts';
import type { State, Table } from '../../state/state.ts';

export interface Revision {
  definition: string;
  roleArn: string;
  /** Milliseconds since the epoch. */
  updateDate: number;
}

export interface StateMachineRecord extends Revision {
  arn: string;
  name: string;
  type: 'STANDARD';
  creationDate: number;
  /** Absent until the first update, as in AWS. */
  revisionId?: string;
  loggingConfiguration?: unknown;
  tracingConfiguration?: unknown;
  tags: Record<string, string>;
}

/** The key of the revision that a machine was created with. */
const FIRST = 'INITIAL';

export class StateMachines {
  readonly #state: State;
  readonly #machines: Table<StateMachineRecord>;
  readonly #revisions: Table<Revision>;
  /** Definitions are parsed once a revision, not once an execution. */
  readonly #parsed = new Map<string, Definition>();

  constructor(state: State) {
    this.#state = state;
    this.#machines = state.table('states.machines');
    this.#revisions = state.table('states.revisions');
  }

  find(name: string): StateMachineRecord | undefined {
    return this.#machines.get([name]);
  }

  list(): StateMachineRecord[] {
    return Array.from(this.#machines.range(), ({ value }) => value);
  }

  findRevision(name: string, revisionId: string | undefined): Revision | undefined {
    return this.#revisions.get([name, revisionId ?? FIRST]);
  }

  /** The parsed definition of a revision; `undefined` when its machine is gone. */
  definition(name: string, revisionId: string | undefined): Definition | undefined {
    const revision = this.findRevision(name, revisionId);
    if (!revision) return undefined;
    // The text itself is the key: a machine may be deleted and made again under the same name.
    const known = this.#parsed.get(revision.definition);
    if (known) return known;
    const { definition } = parseDefinition(revision.definition);
    if (definition) this.#parsed.set(revision.definition, definition);
    return definition;
  }

  /** Keeps a new machine or a new revision of one. */
  async put(machine: StateMachineRecord): Promise<void> {
    const { definition, roleArn, updateDate, revisionId } = machine;
    await this.#state.commit(() => {
      this.#machines.put([machine.name], machine);
      this.#revisions.put([machine.name, revisionId ?? FIRST], { definition, roleArn, updateDate });
    });
  }

  /** Inside a commit. */
  remove(name: string): void {
    this.#machines.remove([name]);
    for (const { key } of [...this.#revisions.under([name])]) this.#revisions.remove(key);
  }
}
