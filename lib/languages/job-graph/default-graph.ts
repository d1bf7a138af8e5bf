import { type Contract, columnsOf } from '../contract/contract.ts';
import type { JobGraph } from './graph.ts';
import { parseGraph } from './parse-graph.ts';

export interface GraphBuckets {
  raw: string;
  processed: string;
}

/** The graph of a dataset that has none of its own: clean by the contract, and write Parquet. */
export function defaultGraph(dataset: string, contract: Contract, buckets: GraphBuckets): JobGraph {
  const columns = columnsOf(contract);
  return parseGraph({
    source: {
      S3CsvSource: {
        Name: `Raw ${dataset}`,
        Paths: [`s3://${buckets.raw}/${dataset}/`],
        Separator: 'comma',
        QuoteChar: 'quote',
        WithHeader: true,
        Recurse: true,
      },
    },
    clean: {
      ApplyMapping: {
        Name: 'Change schema',
        Inputs: ['source'],
        Mapping: columns.map(({ name, physicalName, physicalType }) => ({
          FromPath: [physicalName],
          FromType: physicalType,
          ToKey: name,
          ToType: physicalType,
        })),
      },
    },
    target: {
      S3GlueParquetTarget: {
        Name: `Table ${dataset}`,
        Inputs: ['clean'],
        Path: `s3://${buckets.processed}/${dataset}/`,
        Compression: 'snappy',
      },
    },
  });
}
