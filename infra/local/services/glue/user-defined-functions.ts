/** User-defined functions: Hive's, kept for the engines that read them from the catalog; nothing here runs them. */
import { z } from 'zod';
import type { State } from '../../state/state.ts';
import type { Catalog } from './catalog.ts';
import { CatalogName } from './catalog-schemas.ts';
import { alreadyExists, entityNotFound, invalidInput } from './errors.ts';
import { FUNCTIONS } from './kept-with-tables.ts';

export const FunctionType = z.enum(['REGULAR_FUNCTION', 'AGGREGATE_FUNCTION', 'STORED_PROCEDURE']);
export const FunctionInput = z.object({
  FunctionName: CatalogName.optional(),
  ClassName: z.string().min(1).max(255).optional(),
  OwnerName: z.string().min(1).max(255).optional(),
  OwnerType: z.enum(['USER', 'ROLE', 'GROUP']).optional(),
  FunctionType: FunctionType.optional(),
  ResourceUris: z
    .array(
      z.object({
        ResourceType: z.enum(['JAR', 'FILE', 'ARCHIVE']).optional(),
        Uri: z.string().min(1).max(1024).optional(),
      }),
    )
    .max(1000)
    .optional(),
});
export type FunctionInput = z.infer<typeof FunctionInput>;

export interface UserDefinedFunction extends FunctionInput {
  FunctionName: string;
  DatabaseName: string;
  createdAt: number;
}

export class UserDefinedFunctions {
  readonly #state: State;
  readonly #catalog: Catalog;
  readonly #clock: () => number;
  readonly #functions;

  constructor(state: State, catalog: Catalog, clock: () => number) {
    this.#state = state;
    this.#catalog = catalog;
    this.#clock = clock;
    this.#functions = state.table<UserDefinedFunction>(FUNCTIONS);
  }

  /** Of one database, or of all. */
  list(database: string | undefined): UserDefinedFunction[] {
    const entries =
      database === undefined
        ? this.#functions.range()
        : this.#functions.under([this.#catalog.getDatabase(database).Name]);
    return Array.from(entries, ({ value }) => value);
  }

  get(database: string, name: string): UserDefinedFunction {
    const found = this.#functions.get([this.#catalog.getDatabase(database).Name, name]);
    if (!found) throw entityNotFound(`Function ${name} not found.`);
    return found;
  }

  create(database: string, { FunctionName, ...input }: FunctionInput): Promise<void> {
    return this.#state.commit(() => {
      const DatabaseName = this.#catalog.getDatabase(database).Name;
      if (FunctionName === undefined) throw invalidInput('FunctionName is required.');
      if (this.#functions.get([DatabaseName, FunctionName])) throw alreadyExists('Function already exists.');
      this.#functions.put([DatabaseName, FunctionName], {
        ...input,
        FunctionName,
        DatabaseName,
        createdAt: this.#clock(),
      });
    });
  }

  update(database: string, name: string, input: FunctionInput): Promise<void> {
    return this.#state.commit(() => {
      const { DatabaseName, createdAt } = this.get(database, name);
      // A function keeps its name: that in the input is not looked at.
      this.#functions.put([DatabaseName, name], { ...input, FunctionName: name, DatabaseName, createdAt });
    });
  }

  delete(database: string, name: string): Promise<void> {
    return this.#state.commit(() => {
      const { DatabaseName } = this.get(database, name);
      this.#functions.remove([DatabaseName, name]);
    });
  }
}
