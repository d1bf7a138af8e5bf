import { type ChildProcess, spawn } from 'node:child_process';
import { root } from './settings.ts';

/** A process that the launcher started, and stops. */
export class Child {
  readonly name: string;
  readonly #process: ChildProcess;
  /** Resolves with the exit code (null when a signal ended it). */
  readonly ended: Promise<number | null>;

  constructor(name: string, args: string[], environment: Record<string, string | undefined>) {
    this.name = name;
    // The channel tells the child when this process is gone, however it went.
    this.#process = spawn(process.execPath, args, {
      cwd: root,
      // Next's types want NODE_ENV in every environment.
      env: environment as NodeJS.ProcessEnv,
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    this.ended = new Promise((resolve) => this.#process.once('exit', (code) => resolve(code)));
  }

  /** Calls `listener` with each line the child prints. */
  onLine(listener: (line: string) => void): void {
    let rest = '';
    this.#process.stdout?.on('data', (chunk: Buffer) => {
      const lines = (rest + chunk.toString()).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) listener(line);
    });
  }

  /** Asks the child to stop and waits; after 10 s it is killed. */
  async stop(): Promise<void> {
    if (this.#process.exitCode === null && this.#process.signalCode === null) this.#process.kill('SIGTERM');
    const timer = setTimeout(() => this.#process.kill('SIGKILL'), 10_000);
    await this.ended;
    clearTimeout(timer);
  }
}
