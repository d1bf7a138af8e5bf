/** What people say of single measurements: one that is excluded teaches the evaluations to come nothing. */
import type { State } from '../../../state/state.ts';

export type Inclusion = 'INCLUDE' | 'EXCLUDE';

export interface Annotation {
  profileId: string;
  statisticId: string;
  value: Inclusion;
  /** When the statistic was measured, and when this was said of it. */
  recordedAt: number;
  modifiedAt: number;
}

export class Annotations {
  readonly #state: State;
  readonly #annotations;

  constructor(state: State) {
    this.#state = state;
    this.#annotations = state.table<Annotation>('glue.data-quality-annotations');
  }

  find(profileId: string, statisticId: string): Annotation | undefined {
    return this.#annotations.get([profileId, statisticId]);
  }

  list(): Annotation[] {
    return Array.from(this.#annotations.range(), ({ value }) => value);
  }

  put(annotations: Annotation[]): Promise<void> {
    return this.#state.commit(() => {
      for (const one of annotations) this.#annotations.put([one.profileId, one.statisticId], one);
    });
  }
}
