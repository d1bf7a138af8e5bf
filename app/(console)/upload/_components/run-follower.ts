export interface FollowEffects {
  findRun: (key: string, versionId: string) => Promise<string | undefined>;
  sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
}

const AT_ONCE = 3;
const POLL_MS = { first: 250, most: 2_000, patience: 120_000 };

/** Finds the run that each file has caused; of many files a few at a time, oldest first, as the lake begins them. */
export class RunFollower {
  readonly #effects: FollowEffects;
  readonly #onRun: (id: string, runId: string) => void;
  readonly #waiting: { id: string; key: string; versionId: string }[] = [];
  #following = 0;

  constructor(effects: FollowEffects, onRun: (id: string, runId: string) => void) {
    this.#effects = effects;
    this.#onRun = onRun;
  }

  follow(id: string, key: string, versionId: string): void {
    this.#waiting.push({ id, key, versionId });
    if (this.#following < AT_ONCE) void this.#next();
  }

  async #next(): Promise<void> {
    this.#following++;
    for (let sent = this.#waiting.shift(); sent; sent = this.#waiting.shift()) {
      const runId = await this.#find(sent.key, sent.versionId);
      if (runId) this.#onRun(sent.id, runId);
    }
    this.#following--;
  }

  async #find(key: string, versionId: string): Promise<string | undefined> {
    let waited = 0;
    for (let wait = POLL_MS.first; waited < POLL_MS.patience; wait = Math.min(POLL_MS.most, wait * 1.2)) {
      // A console that does not answer just now is asked again: the file is safe either way.
      const runId = await this.#effects.findRun(key, versionId).catch(() => undefined);
      if (runId) return runId;
      await this.#effects.sleep(wait);
      waited += wait;
    }
    return undefined;
  }
}
