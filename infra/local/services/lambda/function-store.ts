import type { State, Table } from '../../state/state.ts';

export interface Permission {
  Sid: string;
  Effect: 'Allow';
  Principal: unknown;
  Action: string;
  Resource: string;
  Condition?: Record<string, Record<string, string>>;
}

/** A function as it is kept; what of it the API shows is `configuration.ts`'s business. */
export interface FunctionRecord {
  name: string;
  arn: string;
  description: string;
  runtime: string;
  handler: string;
  role: string;
  memoryMiB: number;
  timeoutSeconds: number;
  environment: Record<string, string>;
  architectures: string[];
  ephemeralStorageMiB: number;
  logGroup: string;
  tracingMode: string;
  /** Hexadecimal SHA-256 of the package, which names the folder of its files too. */
  codeHash: string;
  codeSizeBytes: number;
  /** Milliseconds since the epoch. */
  lastModified: number;
  revisionId: string;
  tags: Record<string, string>;
  permissions: Permission[];
}

export class FunctionStore {
  readonly #state: State;
  readonly #functions: Table<FunctionRecord>;

  constructor(state: State) {
    this.#state = state;
    this.#functions = state.table('lambda.functions');
  }

  find(name: string): FunctionRecord | undefined {
    return this.#functions.get([name]);
  }

  list(): FunctionRecord[] {
    return Array.from(this.#functions.range(), ({ value }) => value);
  }

  async put(record: FunctionRecord): Promise<void> {
    await this.#state.commit(() => this.#functions.put([record.name], record));
  }

  async remove(name: string): Promise<void> {
    await this.#state.commit(() => this.#functions.remove([name]));
  }
}
