/** What a run of data quality looks at. https://docs.aws.amazon.com/glue/latest/webapi/API_DataSource.html */
import { z } from 'zod';
import { CatalogName } from '../catalog-schemas.ts';

const GlueTable = z.object({
  DatabaseName: CatalogName,
  TableName: CatalogName,
  CatalogId: z.string().optional(),
  ConnectionName: z.undefined('is not supported: there are no connections here').optional(),
  AdditionalOptions: z
    .strictObject(
      { pushDownPredicate: z.string().min(1).optional(), catalogPartitionPredicate: z.string().min(1).optional() },
      'are pushDownPredicate and catalogPartitionPredicate',
    )
    .optional(),
});
export type GlueTable = z.infer<typeof GlueTable>;

export const DataSource = z
  .object({
    GlueTable: GlueTable.optional(),
    DataQualityGlueTable: GlueTable.extend({
      PreProcessingQuery: z.string().min(1).max(51_200).optional(),
    }).optional(),
  })
  .refine(
    ({ GlueTable: one, DataQualityGlueTable: other }) => Boolean(one) !== Boolean(other),
    'must be one Glue table',
  );
export type DataSource = z.infer<typeof DataSource>;

export function queryOf({ DataQualityGlueTable: table }: DataSource): string | undefined {
  return table?.PreProcessingQuery;
}

/** Whether two runs look at the same rows: what one measures is the history of the other. */
export function isSameRows(left: DataSource, right: DataSource): boolean {
  const print = (source: DataSource) => {
    const { AdditionalOptions: options = {} } = tableOf(source);
    return JSON.stringify([queryOf(source), options.pushDownPredicate, options.catalogPartitionPredicate]);
  };
  return isSameTable(left, right) && print(left) === print(right);
}

export function tableOf({ GlueTable: one, DataQualityGlueTable: other }: DataSource): GlueTable {
  return (one ?? other) as GlueTable;
}

export function isSameTable(left: DataSource, right: DataSource): boolean {
  const [one, other] = [tableOf(left), tableOf(right)];
  return one.DatabaseName === other.DatabaseName && one.TableName === other.TableName;
}
