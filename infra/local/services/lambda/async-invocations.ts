/**
 * Events that were accepted to be handled later (`InvocationType: Event`): kept until they are, and tried again twice
 * as Lambda does. https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
import { errorFields } from '../../log.ts';
import type { ServiceContext } from '../../service-context.ts';
import type { Table } from '../../state/state.ts';
import type { FunctionStore } from './function-store.ts';
import type { FunctionRuntime } from './runtime/function-runtime.ts';

export interface AsyncInvocation {
  functionName: string;
  payload: string;
  requestId: string;
}

interface Kept extends AsyncInvocation {
  failures: number;
  /** Milliseconds since the epoch. */
  due: number;
}

export interface AsyncInvocationsOptions {
  ctx: ServiceContext;
  functions: FunctionStore;
  runtime: FunctionRuntime;
}

const RETRY_AFTER_MS = [60_000, 120_000];

export class AsyncInvocations {
  readonly #options: AsyncInvocationsOptions;
  readonly #kept: Table<Kept>;
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #running = new Set<Promise<void>>();
  #next: number;
  #isClosed = false;

  constructor(options: AsyncInvocationsOptions) {
    this.#options = options;
    this.#kept = options.ctx.state.table('lambda.async');
    let last = 0;
    for (const { key } of this.#kept.range({ reverse: true, limit: 1 })) last = Number(key[0]);
    this.#next = last + 1;
  }

  /** Goes on with what was accepted before the lake stopped. */
  resume(): void {
    for (const { key, value } of [...this.#kept.range()]) this.#schedule(Number(key[0]), value);
  }

  /** Resolves when the event is durable. */
  async add(invocation: AsyncInvocation): Promise<void> {
    const { state, clock } = this.#options.ctx;
    const id = this.#next++;
    const kept = { ...invocation, failures: 0, due: clock() };
    await state.commit(() => this.#kept.put([id], kept));
    this.#schedule(id, kept);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const timer of this.#timers) clearTimeout(timer);
    await Promise.all(this.#running);
  }

  #schedule(id: number, kept: Kept): void {
    if (this.#isClosed) return;
    const timer = setTimeout(
      () => {
        this.#timers.delete(timer);
        const running = this.#handle(id, kept).finally(() => this.#running.delete(running));
        this.#running.add(running);
      },
      Math.max(0, kept.due - this.#options.ctx.clock()),
    );
    this.#timers.add(timer);
  }

  async #handle(id: number, kept: Kept): Promise<void> {
    const { ctx, functions, runtime } = this.#options;
    const record = functions.find(kept.functionName);
    const isDone = !record || (await this.#succeeds(() => runtime.invoke(record, kept.payload, kept.requestId)));
    if (this.#isClosed) return;
    const retryAfter = isDone ? undefined : RETRY_AFTER_MS[kept.failures];
    if (!isDone && retryAfter === undefined)
      ctx.log.warn('an event failed for the last time', { function: kept.functionName, requestId: kept.requestId });
    const again =
      retryAfter === undefined ? undefined : { ...kept, failures: kept.failures + 1, due: ctx.clock() + retryAfter };
    await ctx.state.commit(() => (again ? this.#kept.put([id], again) : this.#kept.remove([id])));
    if (again) this.#schedule(id, again);
  }

  async #succeeds(invoke: () => Promise<{ isError: boolean }>): Promise<boolean> {
    try {
      return !(await invoke()).isError;
    } catch (error) {
      if (!this.#isClosed) this.#options.ctx.log.warn('an event could not be handled', errorFields(error));
      return false;
    }
  }
}
