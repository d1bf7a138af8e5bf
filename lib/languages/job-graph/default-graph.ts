import type { Contract } from '../contract/contract.ts';
import type { JobGraph } from './graph.ts';
import { contractMapping, type GraphBuckets } from './graph-template.ts';
import { parseGraph } from './parse-graph.ts';

/** The graph of a dataset that has none of its own: clean by the contract, and write Parquet. */
export function defaultGraph(dataset: string, contract: Contract, buckets: GraphBuckets): JobGraph {
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
    schema: { ApplyMapping: { Name: 'Change schema', Inputs: ['source'], Mapping: contractMapping(contract) } },
    target: {
      S3GlueParquetTarget: {
        Name: `Table ${dataset}`,
        Inputs: ['schema'],
        Path: `s3://${buckets.processed}/${dataset}/`,
        Compression: 'snappy',
      },
    },
  });
}
