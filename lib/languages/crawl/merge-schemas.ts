import { type PlannedColumn, type Reason, reason } from './crawl-plan.ts';
import type { FileSchema, SchemaColumn } from './file-schema.ts';

/** The columns of several files as those of one table: all that any of them has, in the order in which they come. */
export function mergeSchemas(schemas: FileSchema[]): { columns: PlannedColumn[]; reasons: Reason[] } {
  const merged = new Map<string, { column: SchemaColumn; count: number }>();
  for (const { columns } of schemas) {
    for (const column of columns) {
      const known = merged.get(column.name);
      if (!known) merged.set(column.name, { column, count: 1 });
      else {
        known.column.evidence.merge(column.evidence);
        known.count++;
      }
    }
  }
  const columns = [...merged.values()].map(({ column, count }) => plannedColumn(column, count, schemas.length));
  return { columns, reasons: orderReasons(schemas) };
}

function plannedColumn(
  { name, evidence, reasons, betterName }: SchemaColumn,
  count: number,
  files: number,
): PlannedColumn {
  const decided = evidence.decide();
  const some = count < files ? [reason('columnSome', { count, files })] : [];
  const better = {
    ...(betterName ? { name: betterName.name, reason: betterName.reason } : {}),
    ...decided.better,
  };
  return {
    name,
    type: decided.type,
    reasons: [...decided.reasons, ...some, ...reasons],
    ...(better.reason ? { better: { ...better, reason: better.reason } } : {}),
  };
}

/** Athena reads delimited files by place: a file with its columns in another order has its values in the wrong ones. */
function orderReasons(schemas: FileSchema[]): Reason[] {
  const [first] = schemas;
  if (!first?.delimited) return [];
  const order = (schema: FileSchema) => schema.columns.map(({ name }) => name).join('\0');
  const other = schemas.filter((schema) => order(schema) !== order(first)).length;
  return other > 0 ? [reason('columnsByPlace', { count: other })] : [];
}
