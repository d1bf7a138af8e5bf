import type { State } from '../../state/state.ts';

/** Tags of any Glue resource, by ARN. */
export class Tags {
  readonly #state: State;
  readonly #tags;

  constructor(state: State) {
    this.#state = state;
    this.#tags = state.table<Record<string, string>>('glue.tags');
  }

  list(arn: string): Record<string, string> {
    return this.#tags.get([arn]) ?? {};
  }

  add(arn: string, tags: Record<string, string>): Promise<void> {
    return this.#state.commit(() => this.#tags.put([arn], { ...this.list(arn), ...tags }));
  }

  remove(arn: string, keys: string[]): Promise<void> {
    return this.#state.commit(() => {
      const kept = Object.entries(this.list(arn)).filter(([key]) => !keys.includes(key));
      this.#tags.put([arn], Object.fromEntries(kept));
    });
  }

  forget(arn: string): Promise<void> {
    return this.#state.commit(() => this.#tags.remove([arn]));
  }
}
