import type { ServiceContext } from '../../service-context.ts';
import type { Table } from '../../state/state.ts';

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

/** As it lies in the State: variables hold keys of other systems, and are sealed. */
type KeptFunction = Omit<FunctionRecord, 'environment'> & { environment: string | Record<string, string> };

export class FunctionStore {
  readonly #ctx: Pick<ServiceContext, 'state' | 'secrets'>;
  readonly #functions: Table<KeptFunction>;

  private constructor(ctx: Pick<ServiceContext, 'state' | 'secrets'>) {
    this.#ctx = ctx;
    this.#functions = ctx.state.table('lambda.functions');
  }

  /** Resolves when what lies under an older key, or under none, is sealed again. */
  static async start(ctx: Pick<ServiceContext, 'state' | 'secrets'>): Promise<FunctionStore> {
    const store = new FunctionStore(ctx);
    await ctx.state.commit(() => {
      for (const { value } of [...store.#functions.range()]) {
        const { environment, name } = value;
        const text = typeof environment === 'string' ? environment : JSON.stringify(environment);
        const renewed = ctx.secrets.renewed(text, placeOf(name));
        if (renewed !== undefined) store.#functions.put([name], { ...value, environment: renewed });
      }
    });
    return store;
  }

  find(name: string): FunctionRecord | undefined {
    const kept = this.#functions.get([name]);
    return kept && this.#opened(kept);
  }

  list(): FunctionRecord[] {
    return Array.from(this.#functions.range(), ({ value }) => this.#opened(value));
  }

  async put(record: FunctionRecord): Promise<void> {
    const environment = this.#ctx.secrets.seal(JSON.stringify(record.environment), placeOf(record.name));
    await this.#ctx.state.commit(() => this.#functions.put([record.name], { ...record, environment }));
  }

  async remove(name: string): Promise<void> {
    await this.#ctx.state.commit(() => this.#functions.remove([name]));
  }

  #opened(kept: KeptFunction): FunctionRecord {
    const text = this.#ctx.secrets.open(String(kept.environment), placeOf(kept.name)).toString();
    return { ...kept, environment: JSON.parse(text) as Record<string, string> };
  }
}

function placeOf(name: string): string {
  return `lambda environment ${name}`;
}
