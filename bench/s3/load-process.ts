import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Load, Loaded } from './load-client.ts';

/** The process that sends; the same for every server. */
export class LoadProcess {
  readonly #child: ChildProcess = fork(path.join(import.meta.dirname, 'load-client.ts'));

  async run(load: Load): Promise<Loaded> {
    this.#child.send(load);
    const [answer] = (await once(this.#child, 'message')) as [{ loaded?: Loaded; error?: string }];
    if (answer.loaded) return answer.loaded;
    throw new Error(answer.error);
  }

  close(): void {
    this.#child.disconnect();
  }
}
