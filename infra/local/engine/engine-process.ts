import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { getCompileCacheDir } from 'node:module';
import { constants, getPriority, setPriority } from 'node:os';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ChildSettings, type FromChild, SETTINGS_VARIABLE, type ToChild } from './child-message.ts';
import { EngineError, type EngineErrorCode } from './engine-error.ts';
import type { Task } from './task.ts';

const CHILD = fileURLToPath(new URL('./child.ts', import.meta.url));

/** How long an interrupted task may take to stop before its process is killed. DuckDB stops in about 4 ms. */
const GRACE_MS = 100;

interface Running {
  id: number;
  stopping?: { code: EngineErrorCode; message: string; kill: NodeJS.Timeout };
  resolve: (result: unknown) => void;
  reject: (error: EngineError) => void;
}

/** One engine child, seen from the lake: ready or not, at most one task, and an end. */
export class EngineProcess {
  readonly ready: Promise<void>;
  readonly ended: Promise<void>;
  readonly #child: ChildProcess;
  #running: Running | undefined;
  #nextId = 1;
  #standardError = '';
  #isOver = false;

  constructor(settings: ChildSettings) {
    this.#child = fork(CHILD, [], {
      execPath: process.execPath,
      // Not the parent's flags (a test runner's loader, an inspector port) nor its environment (keys).
      execArgv: ['--disable-warning=ExperimentalWarning', '--max-old-space-size=512'],
      env: {
        [SETTINGS_VARIABLE]: JSON.stringify(settings),
        NODE_ENV: 'production',
        TZ: 'UTC',
        // A running query holds one libuv thread; with the default of 4 the file system calls of this process starve.
        UV_THREADPOOL_SIZE: '16',
        ...compileCache(),
      },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    stepBack(this.#child.pid);
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#standardError = (this.#standardError + text).slice(-2000);
    });
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.ready = promise;
    this.ready.catch(() => {});
    this.ended = once(this.#child, 'exit').then(([code, signal]) => {
      this.#isOver = true;
      reject(
        new EngineError(
          'CRASHED',
          `The SQL engine could not start (${signal ?? `code ${code}`}). ${this.#standardError}`.trim(),
        ),
      );
      this.#failRunning(signal, code);
    });
    this.#child.on('message', (message: FromChild) => (message.type === 'ready' ? resolve() : this.#settle(message)));
    // 'error' comes when the process cannot be spawned or written to; 'exit' or the next task tells the rest.
    this.#child.on('error', (error) =>
      reject(new EngineError('CRASHED', `The SQL engine could not start: ${error.message}`)),
    );
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  run(task: Task): Promise<unknown> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#running = { id, resolve, reject };
      this.#send({ type: 'run', id, task });
    });
  }

  /** Stops the running task, politely and then by force; its promise rejects with `code`. */
  stop(code: EngineErrorCode, message: string): void {
    const running = this.#running;
    if (!running || running.stopping) return;
    running.stopping = { code, message, kill: setTimeout(() => this.kill(), GRACE_MS) };
    this.#send({ type: 'cancel', id: running.id });
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  #send(message: ToChild): void {
    // An error here is the process being gone, which 'exit' reports.
    this.#child.send(message, () => {});
  }

  #settle(message: Exclude<FromChild, { type: 'ready' }>): void {
    const running = this.#running;
    if (running?.id !== message.id) return;
    this.#running = undefined;
    clearTimeout(running.stopping?.kill);
    if (message.type === 'failed' && message.isBeyondControl) {
      this.#isOver = true;
      this.kill();
    }
    if (message.type === 'done') running.resolve(message.result);
    else if (running.stopping) running.reject(new EngineError(running.stopping.code, running.stopping.message));
    else running.reject(new EngineError(message.code, message.message, message.statementId));
  }

  #failRunning(signal: string | null, code: number | null): void {
    const running = this.#running;
    if (!running) return;
    this.#running = undefined;
    clearTimeout(running.stopping?.kill);
    const { code: reason, message } = running.stopping ?? {
      code: 'CRASHED' as const,
      message: `The SQL engine's process ended unexpectedly (${signal ?? `code ${code}`}) while it ran this task.`,
    };
    running.reject(new EngineError(reason, message));
  }
}

/** From the lake's own priority, whatever that is. */
const STEP_BACK = constants.priority.PRIORITY_BELOW_NORMAL;
const LEAST_PRIORITY = constants.priority.PRIORITY_LOW;

/** Queries use every core there is; the lake's other requests are short, and shall not wait for them. */
function stepBack(pid: number | undefined): void {
  try {
    // At once: what threads the process makes later inherit it.
    if (pid !== undefined) setPriority(pid, Math.min(LEAST_PRIORITY, getPriority() + STEP_BACK));
  } catch {
    // The process is gone already, or the system has no priorities.
  }
}

/** The parent's cache of compiled code, which spares a child half of its start. */
function compileCache(): Record<string, string> {
  const folder = getCompileCacheDir();
  // The folder that Node answers is the one of this very Node, below the one that it was given.
  return folder ? { NODE_COMPILE_CACHE: dirname(folder) } : {};
}
