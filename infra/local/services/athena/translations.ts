import type { Engine } from '../../engine/engine.ts';
import type { TranslateTask, Translation } from '../../engine/task.ts';

/** Deep nesting takes the parser long; no honest query takes it this long. */
const TIMEOUT_MS = 10_000;

const MAX_KEPT = 500;

/** Translations of queries, kept: dashboards and clients ask the same again and again, and a translation depends on its text and its tables alone. */
export class Translations {
  readonly #engine: Engine;
  /** The least recently used first. */
  readonly #kept = new Map<string, Translation>();

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  async get(task: TranslateTask, signal: AbortSignal): Promise<Translation> {
    const key = JSON.stringify(task);
    const known = this.#kept.get(key);
    const translation = known ?? (await this.#engine.run(task, { signal, timeoutMs: TIMEOUT_MS }));
    this.#kept.delete(key);
    this.#kept.set(key, translation);
    if (this.#kept.size > MAX_KEPT) this.#kept.delete(this.#kept.keys().next().value as string);
    return translation;
  }
}
