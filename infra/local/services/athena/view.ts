import { z } from 'zod';
import { SqlError } from '../../../../lib/languages/trino-sql/sql-error.ts';
import type { Table } from '../glue/catalog-schemas.ts';

// A view as Athena keeps it in Glue: a comment `Presto View: <base64 of this JSON>` in ViewOriginalText.
const ViewDefinition = z.object({
  originalSql: z.string(),
  catalog: z.string().optional(),
  schema: z.string().optional(),
  columns: z.array(z.object({ name: z.string(), type: z.string() })).optional(),
});
export type ViewDefinition = z.infer<typeof ViewDefinition>;

export function isView(table: Table): boolean {
  return table.TableType === 'VIRTUAL_VIEW';
}

export function readView(table: Table): ViewDefinition {
  const encoded = /\/\*\s*Presto View:\s*([A-Za-z0-9+/=\s]+?)\s*\*\//.exec(table.ViewOriginalText ?? '')?.[1];
  try {
    return ViewDefinition.parse(JSON.parse(Buffer.from(encoded ?? '', 'base64').toString('utf8')));
  } catch (cause) {
    throw Object.assign(
      new SqlError('INVALID_VIEW', `View '${table.DatabaseName}.${table.Name}' has no definition that Athena can read`),
      { cause },
    );
  }
}

export function writeView(definition: ViewDefinition): string {
  return `/* Presto View: ${Buffer.from(JSON.stringify(definition)).toString('base64')} */`;
}
