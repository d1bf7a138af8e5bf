import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { S3Client } from '@aws-sdk/client-s3';
import type { FaultPlan, Step } from '../../../testing/faulty-disk.ts';
import { TEST_REGION } from '../../../testing/test-lake.ts';

const CHILD = `${import.meta.dirname}/fault-child.ts`;

/** The lake that is going to die, seen from outside. */
export class FaultyLake {
  readonly #child: ChildProcess;
  readonly #loaded: Promise<unknown>;
  readonly #exited: Promise<unknown>;

  private constructor(child: ChildProcess) {
    this.#child = child;
    this.#loaded = once(child, 'message');
    this.#exited = once(child, 'exit');
  }

  /** Compiled modules are kept in `cacheFolder`: hundreds of processes load the same ones. */
  static spawn(cacheFolder: string): FaultyLake {
    const env = { ...process.env, NODE_COMPILE_CACHE: cacheFolder };
    return new FaultyLake(fork(CHILD, { env, execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }));
  }

  /** A client that tries once, or nothing where the lake died before it answered. */
  async start(dataFolder: string, plan: FaultPlan): Promise<S3Client | undefined> {
    await this.#loaded;
    const answer = this.#ask({ dataFolder, plan });
    const started = (await Promise.race([answer, this.#exited.then(() => undefined)])) as { url: string } | undefined;
    return started && clientOf(started.url);
  }

  async journal(): Promise<{ steps: number; journal: Step[] }> {
    return (await this.#ask('journal')) as { steps: number; journal: Step[] };
  }

  get isDead(): boolean {
    return this.#child.signalCode !== null || this.#child.exitCode !== null;
  }

  async died(): Promise<void> {
    await this.#exited;
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#exited;
  }

  /** Everything that was not synced is gone, and the lake with it. */
  async cutPower(): Promise<void> {
    this.#child.send('cut');
    await this.#exited;
  }

  async #ask(message: object | string): Promise<unknown> {
    const answer = once(this.#child, 'message');
    this.#child.send(message, () => {});
    return (await answer)[0];
  }
}

const clientOf = (endpoint: string): S3Client =>
  new S3Client({
    endpoint,
    region: TEST_REGION,
    credentials: { accessKeyId: 'AKIATESTROOT', secretAccessKey: 'test-root-secret' },
    forcePathStyle: true,
    maxAttempts: 1,
  });
