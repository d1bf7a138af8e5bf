import type { Table } from '@aws-sdk/client-glue';
import { z } from 'zod';

/** A view as Athena keeps it in Glue: a comment `Presto View: <base64 of this JSON>` in ViewOriginalText. */
const View = z.object({ originalSql: z.string(), schema: z.string().optional() });

/** Returns a view's own query and the database that its names are of; undefined for a table, or what cannot be read. */
export function readView(table: Table): { sql: string; database: string } | undefined {
  if (table.TableType !== 'VIRTUAL_VIEW') return undefined;
  const encoded = /\/\*\s*Presto View:\s*([A-Za-z0-9+/=\s]+?)\s*\*\//.exec(table.ViewOriginalText ?? '')?.[1];
  try {
    const { originalSql, schema } = View.parse(JSON.parse(Buffer.from(encoded ?? '', 'base64').toString('utf8')));
    return { sql: originalSql, database: schema ?? table.DatabaseName ?? '' };
  } catch {
    return undefined;
  }
}
