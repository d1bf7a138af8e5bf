import { EventEmitter } from 'node:events';
import type { State, Table } from '../../state/state.ts';
import { invalidRequest } from './errors.ts';
import { type Execution, isOver } from './execution.ts';
import { isReusable, reuseKey } from './result-reuse.ts';

/** The query executions of the lake: all of them, in each work group newest first, and by the token of their request. */
export class Executions {
  readonly #state: State;
  readonly #executions: Table<Execution>;
  readonly #byWorkGroup: Table<string>;
  readonly #byToken: Table<{ id: string; fingerprint: string }>;
  /** Those that are not over, so that a start of the lake finds them without reading the others. */
  readonly #open: Table<true>;
  /** The last result of each query. */
  readonly #reusable: Table<string>;
  /** Who waits for the end of an execution. */
  readonly #waiting = new EventEmitter().setMaxListeners(0);

  constructor(state: State) {
    this.#state = state;
    this.#executions = state.table('athena.executions');
    this.#byWorkGroup = state.table('athena.executions-by-work-group');
    this.#byToken = state.table('athena.request-tokens');
    this.#open = state.table('athena.open-executions');
    this.#reusable = state.table('athena.reusable-results');
  }

  find(id: string): Execution | undefined {
    return this.#executions.get([id]);
  }

  get(id: string): Execution {
    const execution = this.find(id);
    if (!execution) throw invalidRequest(`QueryExecution ${id} was not found`);
    return execution;
  }

  /** The execution once it is over, or as it is after `ms`. */
  async soon(id: string, ms: number, signal: AbortSignal): Promise<Execution> {
    if (isOver(this.get(id))) return this.get(id);
    const { promise, resolve } = Promise.withResolvers<void>();
    const wake = () => resolve();
    const timer = setTimeout(wake, ms);
    this.#waiting.once(id, wake);
    signal.addEventListener('abort', wake);
    await promise;
    clearTimeout(timer);
    this.#waiting.off(id, wake);
    signal.removeEventListener('abort', wake);
    return this.get(id);
  }

  /** Ids of one work group, newest first, from the one after `afterId`. */
  list(workGroup: string, limit: number, afterId?: string): string[] {
    const after = afterId === undefined ? undefined : this.get(afterId);
    const start = after ? keyInGroup(after) : [workGroup];
    const ids: string[] = [];
    for (const { key, value } of this.#byWorkGroup.range({ start })) {
      if (key[0] !== workGroup || ids.length >= limit) break;
      if (value !== afterId) ids.push(value);
    }
    return ids;
  }

  findReusable(key: string): Execution | undefined {
    const id = this.#reusable.get([key]);
    return id === undefined ? undefined : this.find(id);
  }

  listOpen(): Execution[] {
    return Array.from(this.#open.range(), ({ key }) => this.get(key[0] as string));
  }

  /**
   * Keeps a new execution; resolves when it is on disk. The same request sent again under its token gives the first
   * execution: https://docs.aws.amazon.com/athena/latest/APIReference/API_StartQueryExecution.html
   */
  add(
    execution: Execution,
    token: string | undefined,
    fingerprint: string,
  ): Promise<{ execution: Execution; isNew: boolean }> {
    return this.#state.commit(() => {
      const known = token === undefined ? undefined : this.#byToken.get([token]);
      if (known && known.fingerprint !== fingerprint) throw invalidRequest('Idempotent parameters do not match');
      if (known) return { execution: this.get(known.id), isNew: false };
      if (token !== undefined) this.#byToken.put([token], { id: execution.id, fingerprint });
      this.#executions.put([execution.id], execution);
      this.#byWorkGroup.put(keyInGroup(execution), execution.id);
      this.#open.put([execution.id], true);
      return { execution, isNew: true };
    });
  }

  /** Changes an execution that is not over; one that is over stays as it ended. */
  async update(id: string, change: Partial<Execution>): Promise<void> {
    await this.#state.commit(() => this.change(id, change));
  }

  /** The same inside a commit. */
  change(id: string, change: Partial<Execution>): void {
    if (!this.#open.get([id])) return;
    const updated = { ...this.get(id), ...change };
    this.#executions.put([id], updated);
    if (updated.completedAt !== undefined) {
      this.#open.remove([id]);
      this.#state.afterCommit(() => this.#waiting.emit(id));
    }
    if (isReusable(updated)) this.#reusable.put([reuseKey(updated)], id);
  }
}

/** Newest first: the key holds what is left of time. */
function keyInGroup({ workGroup, submittedAt, id }: Execution): [string, number, string] {
  return [workGroup, Number.MAX_SAFE_INTEGER - submittedAt, id];
}
