/** One worker with one function loaded: invoked again and again while it is healthy, one event at a time. */
import { Worker } from 'node:worker_threads';
import { type FunctionError, InitError, type Invocation, type WorkerMessage, type WorkerSetup } from './messages.ts';

export interface SandboxOptions {
  setup: WorkerSetup;
  memoryMiB: number;
  /** All that the function's `process.env` has. */
  environment: Record<string, string>;
  logStream: string;
  /** When its credentials end, in milliseconds since the epoch. */
  expiresAt: number;
}

export interface Outcome {
  /** JSON text, for an event that was handled. */
  payload?: string;
  error?: FunctionError;
  /** What was printed, with the runtime's own lines about this event. */
  lines: string[];
  durationMs: number;
  usedMemoryMiB: number;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html#runtimes-lifecycle-ib */
const INIT_MS_MAX = 10_000;

export class Sandbox {
  readonly logStream: string;
  readonly expiresAt: number;
  readonly #worker: Worker;
  readonly #memoryMiB: number;
  readonly #started = performance.now();
  #initMs: number | undefined;
  #lines: string[] = [];
  #onMessage: ((message: WorkerMessage) => void) | undefined;
  #onDeath: ((error: FunctionError) => void) | undefined;
  #death: FunctionError | undefined;

  private constructor({ setup, memoryMiB, environment, logStream, expiresAt }: SandboxOptions) {
    this.logStream = logStream;
    this.expiresAt = expiresAt;
    this.#memoryMiB = memoryMiB;
    this.#worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: setup,
      env: environment,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: memoryMiB },
      // Where even the capture in the worker is gone round, the lake's own output stays clean.
      stdout: true,
      stderr: true,
    });
    this.#worker.stdout.resume();
    this.#worker.stderr.resume();
    this.#worker.unref();
    this.#worker.on('message', (message: WorkerMessage) => this.#receive(message));
    this.#worker.on('error', (error: NodeJS.ErrnoException) => this.#die(crashError(error)));
    this.#worker.on('exit', (code) => this.#die(exitError(code)));
  }

  /** Resolves when the function is loaded; rejects with InitError where it cannot be. */
  static async start(options: SandboxOptions): Promise<Sandbox> {
    const sandbox = new Sandbox(options);
    try {
      await sandbox.#ready();
      return sandbox;
    } catch (error) {
      await sandbox.close();
      throw error;
    }
  }

  get isAlive(): boolean {
    return this.#death === undefined;
  }

  get memoryMiB(): number {
    return this.#memoryMiB;
  }

  /** How long loading took; told once, with the first event. */
  takeInitMs(): number | undefined {
    const ms = this.#initMs;
    this.#initMs = undefined;
    return ms;
  }

  /** Handles one event. After its time is over, or a death, the sandbox is of no more use. */
  async invoke(invocation: Omit<Invocation, 'deadline'>, timeoutMs: number): Promise<Outcome> {
    const started = performance.now();
    const ended = await new Promise<Pick<Outcome, 'payload' | 'error'> & { usedMemoryMiB?: number }>((resolve) => {
      const timer = setTimeout(() => resolve({ error: timeoutError(timeoutMs) }), timeoutMs);
      const end = (outcome: Parameters<typeof resolve>[0]) => {
        clearTimeout(timer);
        resolve(outcome);
      };
      this.#onDeath = (error) => end({ error });
      this.#onMessage = (message) => {
        if (message.type === 'result') end({ payload: message.payload, usedMemoryMiB: message.usedMemoryMiB });
        if (message.type === 'error') {
          // It is still about to end, and must not be given another event.
          if (message.isFatal) this.#death ??= exitError(1);
          end({ error: message.error, usedMemoryMiB: message.usedMemoryMiB });
        }
      };
      if (this.#death) end({ error: this.#death });
      else this.#worker.postMessage({ ...invocation, deadline: Date.now() + timeoutMs });
    });
    this.#onMessage = undefined;
    this.#onDeath = undefined;
    if (ended.error?.errorType === TIMED_OUT) await this.close();
    const { usedMemoryMiB = this.#memoryMiB, ...outcome } = ended;
    return { ...outcome, usedMemoryMiB, durationMs: performance.now() - started, lines: this.#lines.splice(0) };
  }

  /** Ends the worker whatever it does. */
  async close(): Promise<void> {
    this.#death ??= exitError(0);
    await this.#worker.terminate();
  }

  #ready(): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const fail = (error: FunctionError) => reject(new InitError(error));
    const timer = setTimeout(() => fail(timeoutError(INIT_MS_MAX)), INIT_MS_MAX);
    this.#onDeath = fail;
    this.#onMessage = (message) => {
      if (message.type === 'ready') resolve();
      if (message.type === 'initFailed') fail(message.error);
    };
    return promise.finally(() => {
      clearTimeout(timer);
      this.#onMessage = undefined;
      this.#onDeath = undefined;
      this.#initMs = performance.now() - this.#started;
    });
  }

  #receive(message: WorkerMessage): void {
    if (message.type === 'line') this.#lines.push(message.text);
    else this.#onMessage?.(message);
  }

  #die(error: FunctionError): void {
    this.#death ??= error;
    this.#onDeath?.(this.#death);
  }
}

const TIMED_OUT = 'Sandbox.Timedout';

function timeoutError(ms: number): FunctionError {
  return { errorType: TIMED_OUT, errorMessage: `Task timed out after ${(ms / 1000).toFixed(2)} seconds` };
}

function crashError(error: NodeJS.ErrnoException): FunctionError {
  if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return { errorType: 'Runtime.OutOfMemory', errorMessage: 'Runtime exited with error: signal: killed' };
  }
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') };
}

function exitError(code: number): FunctionError {
  const errorMessage =
    code === 0 ? 'Runtime exited without providing a reason' : `Runtime exited with error: exit status ${code}`;
  return { errorType: 'Runtime.ExitError', errorMessage };
}
