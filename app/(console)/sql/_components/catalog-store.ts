import type { CatalogColumn, CatalogTable, EditorCatalog } from '@/components/editor/editor-catalog';
import type { TablePage } from '@/lib/catalog/schemas';
import type { ErrorReport } from '@/lib/errors';

/** How the catalog is asked for; in the browser these are routes of the console. */
export interface CatalogSource {
  databases: () => Promise<string[]>;
  tables: (database: string, nextToken: string | undefined) => Promise<TablePage>;
  columns: (database: string, table: string) => Promise<CatalogColumn[]>;
  report: (error: unknown) => ErrorReport;
}

export interface WorkCatalog extends EditorCatalog {
  /** Why it is not whole and will not be, until it is asked for again. */
  error?: ErrorReport;
}

type Tables = Map<string, Map<string, CatalogTable>>;

/**
 * What the workbench knows of the catalog. Names come first, a thousand at a time, so that a lake of ten thousand tables
 * can be written about while it is still coming; columns come when somebody looks at a table or writes about it.
 */
export class CatalogStore {
  state: WorkCatalog;
  readonly #source: CatalogSource;
  readonly #listeners = new Set<() => void>();
  readonly #asked = new Map<string, Promise<readonly CatalogColumn[]>>();
  #tables: Tables = new Map();
  #databases: readonly string[];
  #turn = 0;

  /** `first` is what came with the page. */
  constructor(source: CatalogSource, first: TablePage) {
    this.#source = source;
    this.#databases = [first.database];
    keep(this.#tables, first);
    this.state = this.#snapshot(first.database, { isWhole: false });
  }

  subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };
  snapshot = () => this.state;

  /** Asks for the whole catalog; what is there stays until what is new has come. A later call ends an earlier one. */
  async load(): Promise<void> {
    const turn = ++this.#turn;
    const tables: Tables = new Map();
    try {
      const databases = await this.#source.databases();
      for (const database of databases) {
        let nextToken: string | undefined;
        do {
          const page = await this.#source.tables(database, nextToken);
          if (turn !== this.#turn) return;
          keep(tables, page);
          nextToken = page.nextToken;
          this.#databases = databases;
          this.#publish({ isWhole: false }, tables);
        } while (nextToken);
      }
      this.#tables = tables;
      this.#asked.clear();
      this.#publish({ isWhole: true });
    } catch (error) {
      if (turn === this.#turn) this.#publish({ isWhole: false, error: this.#source.report(error) });
    }
  }

  /** A load that is under way goes on for nobody. */
  close(): void {
    this.#turn += 1;
  }

  #columns = async (database: string, name: string): Promise<readonly CatalogColumn[]> => {
    const table = this.#tables.get(database)?.get(name);
    if (!table || table.columns) return table?.columns ?? [];
    const key = `${database}.${name}`;
    const asked = this.#asked.get(key) ?? this.#source.columns(database, name);
    this.#asked.set(key, asked);
    try {
      const columns = await asked;
      this.#tables.get(database)?.set(name, { ...table, columns });
      this.#publish({ isWhole: this.state.isWhole });
      return columns;
    } catch {
      // The next one who asks may have more luck; until then there is nothing to offer.
      this.#asked.delete(key);
      return [];
    }
  };

  #publish(change: Pick<WorkCatalog, 'isWhole' | 'error'>, coming?: Tables): void {
    // While names are coming, those of before stay: a list that shrinks first would jump.
    if (coming)
      for (const [database, tables] of coming) this.#tables.set(database, merged(this.#tables, database, tables));
    this.state = this.#snapshot(this.state.database, change);
    for (const listener of this.#listeners) listener();
  }

  #snapshot(database: string, change: Pick<WorkCatalog, 'isWhole' | 'error'>): WorkCatalog {
    return {
      ...change,
      database,
      databases: this.#databases,
      tables: this.#databases.flatMap((each) => [...(this.#tables.get(each)?.values() ?? [])]),
      find: (of, name) => this.#tables.get(of)?.get(name),
      columns: this.#columns,
    };
  }
}

function keep(tables: Tables, { database, tables: listed }: TablePage): void {
  const known = tables.get(database) ?? new Map<string, CatalogTable>();
  for (const table of listed) known.set(table.name, { database, ...table });
  tables.set(database, known);
}

function merged(before: Tables, database: string, coming: Map<string, CatalogTable>): Map<string, CatalogTable> {
  const all = new Map([...(before.get(database) ?? []), ...coming]);
  return new Map([...all.entries()].sort(([a], [b]) => (a < b ? -1 : 1)));
}
