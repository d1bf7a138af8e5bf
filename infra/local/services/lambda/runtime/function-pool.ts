/**
 * The sandboxes of one function: one stays warm, more are made while events come at the same time, and those that
 * nobody used for a while go. A change of the function retires its pool: what is under way there comes to its end.
 */
import type { Invocation } from './messages.ts';
import { type Outcome, Sandbox, type SandboxOptions } from './sandbox.ts';

export interface FunctionPoolOptions {
  /** What a new sandbox is made with; asks for fresh credentials. */
  describe: () => Promise<SandboxOptions>;
  timeoutMs: number;
  sandboxesMax: number;
  clock: () => number;
}

export interface PoolInvocation {
  requestId: string;
  payload: string;
  context: Omit<Invocation['context'], 'logStreamName'>;
}

export type Invoked = Outcome & { logStream: string; initMs?: number | undefined };

const IDLE_MS_MAX = 60_000;
/** A sandbox is not used again so near to the end of its credentials. */
const CREDENTIALS_MARGIN_MS = 60_000;

export class FunctionPool {
  readonly #options: FunctionPoolOptions;
  readonly #all = new Set<Sandbox>();
  readonly #idle: { sandbox: Sandbox; since: number }[] = [];
  readonly #waiting: (() => void)[] = [];
  readonly #closing = new Set<Promise<void>>();
  readonly #sweep: NodeJS.Timeout;
  readonly #drained = Promise.withResolvers<void>();
  #starting = 0;
  #isRetired = false;
  #isClosed = false;

  constructor(options: FunctionPoolOptions) {
    this.#options = options;
    this.#sweep = setInterval(() => this.#dismissIdle(), IDLE_MS_MAX / 2);
    this.#sweep.unref();
  }

  /** Makes the first sandbox before anybody asks. Rejects where the function cannot be loaded. */
  async warm(): Promise<void> {
    if (this.#all.size + this.#starting === 0 && !this.#isRetired) this.#release(await this.#make());
  }

  async invoke({ requestId, payload, context }: PoolInvocation): Promise<Invoked> {
    const sandbox = await this.#take();
    const { timeoutMs } = this.#options;
    try {
      const { logStream } = sandbox;
      const initMs = sandbox.takeInitMs();
      const invocation = { requestId, payload, context: { ...context, logStreamName: logStream } };
      return { ...(await sandbox.invoke(invocation, timeoutMs)), logStream, initMs };
    } finally {
      this.#release(sandbox);
    }
  }

  /** Ends what is idle now, and the rest when its event is done; resolves when nothing is left. */
  async retire(): Promise<void> {
    this.#isRetired = true;
    clearInterval(this.#sweep);
    for (const { sandbox } of this.#idle.splice(0)) this.#dismiss(sandbox);
    if (this.#all.size + this.#starting > 0) await this.#drained.promise;
    await Promise.all(this.#closing);
  }

  /** Ends everything; resolves when no thread is left. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const sandbox of this.#all) this.#dismiss(sandbox);
    await this.retire();
  }

  async #take(): Promise<Sandbox> {
    for (;;) {
      const sandbox = this.#takeIdle();
      if (sandbox) return sandbox;
      if (this.#all.size + this.#starting < this.#options.sandboxesMax) return this.#make();
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  /** The one that was used last, so that those that are too many come to rest. */
  #takeIdle(): Sandbox | undefined {
    const { timeoutMs, clock } = this.#options;
    for (let entry = this.#idle.pop(); entry; entry = this.#idle.pop()) {
      const { sandbox } = entry;
      if (sandbox.isAlive && sandbox.expiresAt > clock() + timeoutMs + CREDENTIALS_MARGIN_MS) return sandbox;
      this.#dismiss(sandbox);
    }
    return undefined;
  }

  async #make(): Promise<Sandbox> {
    this.#starting += 1;
    try {
      const sandbox = await Sandbox.start(await this.#options.describe());
      this.#all.add(sandbox);
      if (this.#isClosed) this.#dismiss(sandbox);
      return sandbox;
    } catch (error) {
      this.#waiting.shift()?.();
      throw error;
    } finally {
      this.#starting -= 1;
      this.#checkDrained();
    }
  }

  #release(sandbox: Sandbox): void {
    if (sandbox.isAlive && !this.#isRetired) this.#idle.push({ sandbox, since: performance.now() });
    else this.#dismiss(sandbox);
    this.#waiting.shift()?.();
  }

  #dismissIdle(): void {
    const cut = performance.now() - IDLE_MS_MAX;
    const stale = this.#idle.slice(0, -1).filter(({ since }) => since < cut);
    this.#idle.splice(0, stale.length);
    for (const { sandbox } of stale) this.#dismiss(sandbox);
  }

  #dismiss(sandbox: Sandbox): void {
    if (!this.#all.delete(sandbox)) return;
    this.#checkDrained();
    const closing = sandbox.close().finally(() => this.#closing.delete(closing));
    this.#closing.add(closing);
  }

  #checkDrained(): void {
    if (this.#isRetired && this.#all.size + this.#starting === 0) this.#drained.resolve();
  }
}
