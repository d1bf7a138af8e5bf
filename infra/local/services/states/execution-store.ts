/** What is kept of executions: the record, the history, an index by start for lists, and which of them run. */
import type { State, StateKey, Table } from '../../state/state.ts';
import type { Entry } from './journal.ts';

type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

export interface ExecutionRecord {
  arn: string;
  machine: string;
  machineArn: string;
  name: string;
  /** Of the machine when the execution started; absent for its first one. */
  revisionId?: string;
  status: ExecutionStatus;
  /** Milliseconds since the epoch. */
  startDate: number;
  stopDate?: number;
  /** JSON texts. */
  input: string;
  output?: string;
  error?: string;
  cause?: string;
}

/** What a list shows of an execution. */
export type ExecutionSummary = Pick<
  ExecutionRecord,
  'arn' | 'machineArn' | 'name' | 'status' | 'startDate' | 'stopDate'
>;

interface Position {
  /** Newest first is ascending order of this number. */
  inverted: number;
  name: string;
}

export class ExecutionStore {
  readonly #state: State;
  readonly #records: Table<ExecutionRecord>;
  readonly #byStart: Table<ExecutionSummary>;
  readonly #running: Table<true>;
  readonly #history: Table<Entry>;

  constructor(state: State) {
    this.#state = state;
    this.#records = state.table('states.executions');
    this.#byStart = state.table('states.executions-by-start');
    this.#running = state.table('states.running');
    this.#history = state.table('states.history');
  }

  find(machine: string, name: string): ExecutionRecord | undefined {
    return this.#records.get([machine, name]);
  }

  /** Those that had not ended when the lake last stopped. */
  running(): ExecutionRecord[] {
    return Array.from(this.#running.range(), ({ key }) => this.#records.get(key)).filter(
      (record) => record !== undefined,
    );
  }

  /** Keeps events, and the record where it is new or has changed, in one commit; `also` is done inside it. */
  async write(
    entries: Entry[],
    { machine, name }: ExecutionRecord,
    changed?: ExecutionRecord,
    also?: () => void,
  ): Promise<void> {
    await this.#state.commit(() => {
      if (changed) this.#putRecord(changed);
      also?.();
      for (const entry of entries) this.#history.put([machine, name, entry.event.id], entry);
    });
  }

  /** From the event `from` on, oldest first or newest first. */
  history(
    { machine, name }: ExecutionRecord,
    range: { from?: number; reverse?: boolean; limit?: number } = {},
  ): Entry[] {
    const { from, reverse = false, limit } = range;
    const first: StateKey = [machine, name, from ?? (reverse ? Number.MAX_SAFE_INTEGER : 0)];
    const end: StateKey = [machine, name, reverse ? 0 : Number.MAX_SAFE_INTEGER];
    return Array.from(
      this.#history.range({ start: first, end, reverse, ...(limit && { limit }) }),
      ({ value }) => value,
    );
  }

  /** Newest first, after `after`. */
  *list(machine: string, after?: Position): Iterable<{ summary: ExecutionSummary; position: Position }> {
    const start: StateKey = after ? [machine, after.inverted, `${after.name}\u0000`] : [machine, 0];
    for (const { key, value } of this.#byStart.range({ start, end: [machine, Number.MAX_SAFE_INTEGER] })) {
      yield { summary: value, position: { inverted: key[1] as number, name: key[2] as string } };
    }
  }

  /** Forgets executions of a machine that began before `before` (milliseconds since the epoch) and have ended. */
  async expire(machine: string, before: number): Promise<void> {
    const old = [...this.list(machine, { inverted: inverted(before), name: '' })].filter(
      ({ summary }) => summary.status !== 'RUNNING',
    );
    for (const { summary, position } of old) {
      // One commit each: a history may be long.
      await this.#state.commit(() => {
        this.#byStart.remove([machine, position.inverted, summary.name]);
        this.#records.remove([machine, summary.name]);
        for (const { key } of [...this.#history.under([machine, summary.name])]) this.#history.remove(key);
      });
    }
  }

  /** Inside a commit: forgets all executions of a machine. */
  removeAll(machine: string): void {
    for (const table of [this.#records, this.#byStart, this.#running, this.#history] as Table<unknown>[]) {
      for (const { key } of [...table.under([machine])]) table.remove(key);
    }
  }

  #putRecord(record: ExecutionRecord): void {
    const { arn, machine, machineArn, name, status, startDate, stopDate } = record;
    this.#records.put([machine, name], record);
    const summary = { arn, machineArn, name, status, startDate, ...(stopDate !== undefined && { stopDate }) };
    this.#byStart.put([machine, inverted(startDate), name], summary);
    if (status === 'RUNNING') this.#running.put([machine, name], true);
    else this.#running.remove([machine, name]);
  }
}

function inverted(startDate: number): number {
  return Number.MAX_SAFE_INTEGER - 1 - startDate;
}
