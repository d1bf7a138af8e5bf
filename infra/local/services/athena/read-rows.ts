import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Engine } from '../../engine/engine.ts';
import type { Principal } from '../../service.ts';
import { CatalogAccess, type CatalogAccessOptions } from './catalog-access.ts';
import { planQuery } from './query-plan.ts';
import { readResultPage } from './result-page.ts';
import { QUERY_TIMEOUT_MS } from './statements/select.ts';
import type { Translations } from './translations.ts';

export interface RowReaderOptions extends CatalogAccessOptions {
  engine: Engine;
  translations: Translations;
}

export interface RowRequest {
  sql: string;
  database: string;
  principal: Principal;
  signal: AbortSignal;
  /** Aside from every other query's; removed when it is over. */
  folder: string;
  maxRows: number;
}

export interface Rows {
  columns: string[];
  /** Values as Athena prints them. */
  rows: (string | null)[][];
}

/** Answers a query of Athena's SQL that no execution is kept of, as Glue's own engines read tables. */
export async function readRows(options: RowReaderOptions, request: RowRequest): Promise<Rows> {
  const { sql, database, principal, signal, folder, maxRows } = request;
  const access = new CatalogAccess(options, principal);
  const plan = await planQuery({ ...options, sql, parameters: [], database, access, signal });
  try {
    await mkdir(folder, { recursive: true });
    const path = join(folder, 'rows.csv');
    const output = { format: 'csv', path } as const;
    await options.engine.run({ ...plan.task, output }, { signal, timeoutMs: QUERY_TIMEOUT_MS });
    const page = await readResultPage(path, 0, maxRows + 1, 'csv');
    const [header = [], ...rows] = page.rows.map((row) => row.map((value) => value ?? null));
    return { columns: header.map((name) => name ?? ''), rows };
  } finally {
    plan.release();
    await rm(folder, { recursive: true, force: true });
  }
}
