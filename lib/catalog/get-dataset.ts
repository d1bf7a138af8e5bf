import 'server-only';
import { type Context, requirePermission } from '@/lib/auth';
import { getLake } from '@/lib/aws/lake';
import { AppError } from '@/lib/errors';
import { FILE_NOTES, listDatasets } from './list-datasets';
import { type DatasetSummary, GetDataset, type TableSummary } from './schemas';

export interface DatasetPage {
  database: string;
  dataset: DatasetSummary;
  /** The table that was asked for; undefined for a dataset that is files only. */
  table?: TableSummary;
}

/** Returns the table of this name with the dataset it belongs to, or the dataset of this name that has no table. */
export async function getDataset(ctx: Context, raw: GetDataset): Promise<DatasetPage> {
  requirePermission(ctx, 'datasets:read');
  const { name } = GetDataset.parse(raw);
  const { database, datasets } = await listDatasets(ctx);
  for (const dataset of datasets) {
    const table = dataset.tables.find((each) => each.name === name);
    if (table) return { database, dataset, table };
  }
  const dataset = datasets.find((each) => each.name === name);
  if (dataset) return { database, dataset };
  const { processedBucket } = await getLake();
  throw new AppError(
    'NOT_FOUND',
    `There is no table ${database}.${name}, and no files at s3://${processedBucket}/${FILE_NOTES}${name}/.`,
  );
}
