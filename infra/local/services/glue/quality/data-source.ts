/** What a run of data quality looks at. https://docs.aws.amazon.com/glue/latest/webapi/API_DataSource.html */
import { z } from 'zod';
import { CatalogName } from '../catalog-schemas.ts';

const GlueTable = z.object({
  DatabaseName: CatalogName,
  TableName: CatalogName,
  CatalogId: z.string().optional(),
  ConnectionName: z.string().optional(),
  AdditionalOptions: z.record(z.string(), z.string()).optional(),
});
export type GlueTable = z.infer<typeof GlueTable>;

export const DataSource = z
  .object({
    GlueTable: GlueTable.optional(),
    DataQualityGlueTable: GlueTable.extend({
      PreProcessingQuery: z.undefined('is not supported: make a view, or use where in the rules').optional(),
    }).optional(),
  })
  .refine(
    ({ GlueTable: one, DataQualityGlueTable: other }) => Boolean(one) !== Boolean(other),
    'must be one Glue table',
  );
export type DataSource = z.infer<typeof DataSource>;

export function tableOf({ GlueTable: one, DataQualityGlueTable: other }: DataSource): GlueTable {
  return (one ?? other) as GlueTable;
}

export function isSameTable(left: DataSource, right: DataSource): boolean {
  const [one, other] = [tableOf(left), tableOf(right)];
  return one.DatabaseName === other.DatabaseName && one.TableName === other.TableName;
}
