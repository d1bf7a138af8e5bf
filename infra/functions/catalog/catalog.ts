import type { AthenaClient } from '@aws-sdk/client-athena';
import type { GlueClient } from '@aws-sdk/client-glue';
import type { S3Client } from '@aws-sdk/client-s3';
import type { CatalogEnvironment } from '../environment.ts';
import type { StepPayload } from '../payload.ts';
import { deleteStagedTables } from '../staged-table.ts';
import { readReport } from '../transform-report.ts';
import { countRows } from './count-rows.ts';
import { catalogFile } from './file-entry.ts';
import { catalogTable, type ReportedTable } from './glue-table.ts';

interface Dependencies {
  s3: S3Client;
  glue: GlueClient;
  athena: AthenaClient;
  environment: CatalogEnvironment;
}

export interface Catalogued {
  tables: { database: string; name: string; rows: number; sizeBytes: number }[];
}

/** Makes visible what a run has done: tables in the catalog, their rows in a query; files in the list of files. */
export async function catalog({ verdict, execution }: StepPayload, dependencies: Dependencies): Promise<Catalogued> {
  const { s3, environment } = dependencies;
  if (verdict.status === 'file') {
    await catalogFile(s3, environment.PROCESSED_BUCKET, verdict);
    return { tables: [] };
  }
  const [tables] = await Promise.all([
    catalogTables(execution, dependencies),
    verdict.mode === 'stage' &&
      deleteStagedTables(dependencies.glue, environment.STAGED_DATABASE, verdict.dataset, execution),
    verdict.status === 'removed' && catalogFile(s3, environment.PROCESSED_BUCKET, verdict),
  ]);
  return { tables };
}

async function catalogTables(execution: string, dependencies: Dependencies): Promise<Catalogued['tables']> {
  const { s3, glue, environment } = dependencies;
  const { dataset, outcome, tables } = await readReport(s3, environment.RESULTS_BUCKET, execution);
  if (outcome === 'superseded' || tables.length === 0) return [];
  const database = environment.DATABASE;
  await Promise.all(tables.map((table) => catalogTable(glue, database, dataset, table)));
  const counts = await checkRows(tables, dependencies);
  return tables.map(({ name, sizeBytes }) => ({ database, name, rows: counts.get(name) ?? 0, sizeBytes }));
}

/** Counts what a query sees. A later run may have changed the number; no rows where rows were written is a failure. */
async function checkRows(tables: ReportedTable[], { athena, environment }: Dependencies): Promise<Map<string, number>> {
  const counts = await countRows(athena, {
    database: environment.DATABASE,
    workGroup: environment.WORK_GROUP,
    tables: tables.map((table) => table.name),
  });
  const hidden = tables.find(({ name, rows }) => rows > 0 && !counts.get(name));
  if (hidden) throw new Error(`The job wrote ${hidden.rows} rows to ${hidden.name}, but a query sees none of them`);
  return counts;
}
