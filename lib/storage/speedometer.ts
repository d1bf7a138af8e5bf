const WINDOW_MS = 5_000;
const SAMPLE_MS = 250;

/** How fast something goes, over its last five seconds. */
export class Speedometer {
  readonly #clock: () => number;
  #samples: { at: number; bytes: number }[] = [];

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  reset(): void {
    this.#samples = [];
  }

  /** @param bytes how much has gone in all */
  note(bytes: number): void {
    const at = this.#clock();
    const last = this.#samples.at(-1);
    if (last && at - last.at < SAMPLE_MS) return;
    while (this.#samples[0] && at - this.#samples[0].at > WINDOW_MS) this.#samples.shift();
    this.#samples.push({ at, bytes });
  }

  bytesPerSecond(bytes: number): number | undefined {
    const first = this.#samples[0];
    const seconds = first ? (this.#clock() - first.at) / 1000 : 0;
    if (!first || seconds < 0.2) return undefined;
    return Math.max(0, bytes - first.bytes) / seconds || undefined;
  }
}
