import { mkdir, rm } from 'node:fs/promises';
import { availableParallelism, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Log } from '../service.ts';
import { EngineError } from './engine-error.ts';
import { EngineProcess } from './engine-process.ts';
import type { Task, TaskResult } from './task.ts';

export interface EngineOptions {
  /** The engine's own folder, for what a query spills; emptied at start. */
  folder: string;
  log: Log;
  /** How many tasks run at once. */
  processes?: number; // defaults to 2
  /** Threads of one task. */
  threads?: number; // defaults to the number of cores
  /** Memory of one task, in DuckDB's notation: `2GB`. */
  memoryLimit?: string; // defaults to 60 % of the machine, shared by the processes
  /** Bytes that one query may write. */
  maxResultBytes?: number; // defaults to 20 GiB
}

export interface RunOptions {
  signal?: AbortSignal;
  /** Counted from the moment the task starts, not while it waits for a free process. */
  timeoutMs?: number;
}

/** A child that cannot even start is tried again, but not for ever: the reason is the machine's, not the task's. */
const MAX_FAILED_STARTS = 3;

interface Waiting {
  task: Task;
  options: RunOptions;
  resolve: (result: unknown) => void;
  reject: (error: EngineError) => void;
  forget: () => void;
}

/**
 * Runs SQL in a pool of warm child processes. A task waits for a free process, has it for itself, and can be
 * cancelled at any moment. A process that dies fails its own task only and is replaced.
 */
export class Engine {
  readonly #options: Required<EngineOptions>;
  readonly #processes = new Set<EngineProcess>();
  readonly #idle: EngineProcess[] = [];
  readonly #waiting: Waiting[] = [];
  #failedStarts = 0;
  #spawned = 0;
  #closed = false;

  private constructor(options: Required<EngineOptions>) {
    this.#options = options;
  }

  /** Resolves when a first process is ready. */
  static async start(options: EngineOptions): Promise<Engine> {
    const processes = options.processes ?? 2;
    const engine = new Engine({
      ...options,
      processes,
      threads: options.threads ?? availableParallelism(),
      maxResultBytes: options.maxResultBytes ?? 20 * 2 ** 30,
      memoryLimit: options.memoryLimit ?? `${Math.floor((totalmem() * 0.6) / processes / 2 ** 20)}MB`,
    });
    await rm(options.folder, { recursive: true, force: true });
    await mkdir(options.folder, { recursive: true });
    await engine.#spawn().catch(async (error: EngineError) => {
      await engine.close();
      throw error;
    });
    // The others start behind the first: it is what the first task waits for, and cores are few.
    for (let others = 1; others < processes; others++) engine.#spawn().catch((error) => engine.#giveUp(error));
    return engine;
  }

  /** Processes of the pool that are alive. */
  get pids(): number[] {
    return [...this.#processes].flatMap((process) => process.pid ?? []);
  }

  /** Rejects with an EngineError, and only with that. */
  run<T extends Task>(task: T, options: RunOptions = {}): Promise<TaskResult<T>> {
    return new Promise<unknown>((resolve, reject) => {
      if (this.#closed) return reject(new EngineError('CLOSED', 'The SQL engine is closed.'));
      if (options.signal?.aborted) return reject(new EngineError('CANCELLED', 'The task was cancelled.'));
      const waiting: Waiting = { task, options, resolve, reject, forget: () => {} };
      const withdraw = () => {
        const index = this.#waiting.indexOf(waiting);
        if (index >= 0) this.#waiting.splice(index, 1);
        reject(new EngineError('CANCELLED', 'The task was cancelled.'));
      };
      options.signal?.addEventListener('abort', withdraw, { once: true });
      waiting.forget = () => options.signal?.removeEventListener('abort', withdraw);
      this.#waiting.push(waiting);
      this.#revive();
      this.#dispatch();
    }) as Promise<TaskResult<T>>;
  }

  /** Fails what runs and what waits, and returns when no process is left. */
  async close(): Promise<void> {
    this.#closed = true;
    const closed = new EngineError('CLOSED', 'The SQL engine was closed.');
    for (const waiting of this.#waiting.splice(0)) {
      waiting.forget();
      waiting.reject(closed);
    }
    for (const process of this.#processes) {
      process.stop('CLOSED', closed.message);
      process.kill();
    }
    await Promise.all([...this.#processes].map((process) => process.ended));
    await rm(this.#options.folder, { recursive: true, force: true });
  }

  async #spawn(): Promise<void> {
    const number = this.#spawned++;
    const [spillFolder, ownFolder] = ['spill', 'own'].map((name) =>
      join(this.#options.folder, `${name}-${number}`),
    ) as [string, string];
    const { threads, memoryLimit, maxResultBytes } = this.#options;
    const process = new EngineProcess({ threads, memoryLimit, maxResultBytes, spillFolder, ownFolder });
    this.#processes.add(process);
    void process.ended.then(() => this.#replace(process, [spillFolder, ownFolder]));
    await process.ready;
    this.#failedStarts = 0;
    this.#idle.push(process);
    this.#dispatch();
  }

  /** A pool that gave up starting processes tries again when it is needed. */
  #revive(): void {
    if (this.#processes.size > 0) return;
    this.#failedStarts = 0;
    this.#spawn().catch((error: EngineError) => this.#giveUp(error));
  }

  async #replace(process: EngineProcess, folders: string[]): Promise<void> {
    this.#processes.delete(process);
    const index = this.#idle.indexOf(process);
    if (index >= 0) this.#idle.splice(index, 1);
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
    if (this.#closed) return;
    this.#options.log.warn('an engine process ended', { pid: process.pid });
    this.#failedStarts += 1;
    if (this.#failedStarts > MAX_FAILED_STARTS) return;
    await this.#spawn().catch((error: EngineError) => this.#giveUp(error));
  }

  #giveUp(error: EngineError): void {
    this.#options.log.error('an engine process did not start', { error: error.message });
    if (this.#failedStarts <= MAX_FAILED_STARTS || this.#processes.size > 0) return;
    for (const waiting of this.#waiting.splice(0)) {
      waiting.forget();
      waiting.reject(error);
    }
  }

  #dispatch(): void {
    while (this.#idle.length > 0 && this.#waiting.length > 0) {
      // The one that was busy last: its caches are warm.
      const process = this.#idle.pop() as EngineProcess;
      const waiting = this.#waiting.shift() as Waiting;
      waiting.forget();
      void this.#runOn(process, waiting);
    }
  }

  async #runOn(process: EngineProcess, { task, options, resolve, reject }: Waiting): Promise<void> {
    const cancel = () => process.stop('CANCELLED', 'The task was cancelled.');
    const { timeoutMs } = options;
    const timer =
      timeoutMs === undefined
        ? undefined
        : setTimeout(() => process.stop('TIMEOUT', `The task took longer than ${timeoutMs} ms.`), timeoutMs);
    const finished = process.run(task);
    options.signal?.addEventListener('abort', cancel, { once: true });
    try {
      resolve(await finished);
    } catch (error) {
      reject(error as EngineError);
    } finally {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', cancel);
      if (!process.isOver && !this.#closed) this.#idle.push(process);
      this.#dispatch();
    }
  }
}
