import type { State, Table } from '../../state/state.ts';

export interface PreparedStatement {
  name: string;
  sql: string;
  description?: string | undefined;
  workGroup: string;
  modifiedAt: number;
}

/** Statements with `?`, kept by name in a work group. */
export class PreparedStatements {
  readonly #state: State;
  readonly #statements: Table<PreparedStatement>;

  constructor(state: State) {
    this.#state = state;
    this.#statements = state.table('athena.prepared-statements');
  }

  find(workGroup: string, name: string): PreparedStatement | undefined {
    return this.#statements.get([workGroup, name.toLowerCase()]);
  }

  list(workGroup: string): PreparedStatement[] {
    return Array.from(this.#statements.under([workGroup]), ({ value }) => value);
  }

  put(statement: PreparedStatement): Promise<void> {
    return this.#state.commit(() =>
      this.#statements.put([statement.workGroup, statement.name.toLowerCase()], statement),
    );
  }

  delete(workGroup: string, name: string): Promise<void> {
    return this.#state.commit(() => this.#statements.remove([workGroup, name.toLowerCase()]));
  }
}
