import type { Engine } from '../../engine/engine.ts';
import type { ResultColumn } from '../../engine/task.ts';
import type { ServiceContext } from '../../service-context.ts';
import type { Catalog } from '../glue/catalog.ts';
import type { BodySource } from '../s3/body-source.ts';
import type { ObjectStore } from '../s3/object-store.ts';
import type { CatalogAccess } from './catalog-access.ts';
import type { Execution } from './execution.ts';
import type { PreparedStatements } from './prepared-statements.ts';
import type { Translations } from './translations.ts';

/** The parts of the lake that statements are run with. */
export interface AthenaParts {
  ctx: ServiceContext;
  store: ObjectStore;
  engine: Engine;
  catalog: Catalog;
  translations: Translations;
  prepared: PreparedStatements;
}

/** One statement while it runs. */
export interface StatementContext extends AthenaParts {
  execution: Execution;
  access: CatalogAccess;
  signal: AbortSignal;
  /** Whether the statement came from EXECUTE. */
  isExecuted?: boolean;
  /** For files, aside from every other statement's; made by who needs it, removed when the statement is over. */
  folder: string;
  /** Calls Glue as the caller. */
  glue: (operation: string, input: object) => Promise<unknown>;
}

/** What a statement leaves: its result, to be put where the execution says, and a description of it. */
export interface Outcome {
  body: BodySource;
  columns: ResultColumn[];
  rowCount?: number;
  updateCount?: number;
  /** Files that the statement put into S3 beside its result: `s3://bucket/key`. */
  written?: string[];
  scannedBytes: number;
  planningMs: number;
  engineMs: number;
}
