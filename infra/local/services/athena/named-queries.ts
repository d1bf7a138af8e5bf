import type { State, Table } from '../../state/state.ts';
import { invalidRequest } from './errors.ts';

export interface NamedQuery {
  id: string;
  name: string;
  description?: string | undefined;
  database: string;
  sql: string;
  workGroup: string;
}

/** Saved queries, each in a work group. */
export class NamedQueries {
  readonly #state: State;
  readonly #queries: Table<NamedQuery>;
  readonly #byWorkGroup: Table<true>;
  readonly #byToken: Table<string>;

  constructor(state: State) {
    this.#state = state;
    this.#queries = state.table('athena.named-queries');
    this.#byWorkGroup = state.table('athena.named-queries-by-work-group');
    this.#byToken = state.table('athena.named-query-tokens');
  }

  find(id: string): NamedQuery | undefined {
    return this.#queries.get([id]);
  }

  get(id: string): NamedQuery {
    const query = this.find(id);
    if (!query) throw invalidRequest(`Query ${id} does not exist`);
    return query;
  }

  list(workGroup: string): string[] {
    return Array.from(this.#byWorkGroup.under([workGroup]), ({ key }) => key[1] as string);
  }

  /** Returns the query's id; the same request sent again under its token gives the first one's. */
  create(query: NamedQuery, token: string | undefined): Promise<string> {
    return this.#state.commit(() => {
      const known = token === undefined ? undefined : this.#byToken.get([token]);
      if (known !== undefined) return known;
      if (token !== undefined) this.#byToken.put([token], query.id);
      this.#queries.put([query.id], query);
      this.#byWorkGroup.put([query.workGroup, query.id], true);
      return query.id;
    });
  }

  update(id: string, change: Pick<NamedQuery, 'name' | 'description' | 'sql'>): Promise<void> {
    return this.#state.commit(() => this.#queries.put([id], { ...this.get(id), ...change }));
  }

  delete(id: string): Promise<void> {
    return this.#state.commit(() => {
      const { workGroup } = this.get(id);
      this.#queries.remove([id]);
      this.#byWorkGroup.remove([workGroup, id]);
    });
  }
}
