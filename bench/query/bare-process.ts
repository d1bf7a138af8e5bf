import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism, constants, getPriority, setPriority } from 'node:os';
import path from 'node:path';
import type { BareAnswer, BareTask } from './bare-child.ts';
import type { Dataset } from './datasets.ts';

/** The bare engine in a process of its own, as the lake's engine has one. */
export class BareProcess {
  readonly #child: ChildProcess = fork(path.join(import.meta.dirname, 'bare-child.ts'));

  static async start(datasets: Dataset[]): Promise<BareProcess> {
    const bare = new BareProcess();
    // As the lake's engine, so that the machine's other work slows both alike.
    setPriority(bare.#child.pid ?? 0, Math.min(19, getPriority() + constants.priority.PRIORITY_BELOW_NORMAL));
    await bare.run({ type: 'open', datasets, threads: availableParallelism() });
    return bare;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** The time is the engine's own, without the way of the answer between the processes. */
  async run(task: BareTask): Promise<BareAnswer> {
    this.#child.send(task);
    const [{ answer, error }] = (await once(this.#child, 'message')) as [{ answer?: BareAnswer; error?: string }];
    if (answer) return answer;
    throw new Error(error);
  }

  close(): void {
    this.#child.disconnect();
    // A stream that is not read to its end keeps the process.
    this.#child.kill();
  }
}
