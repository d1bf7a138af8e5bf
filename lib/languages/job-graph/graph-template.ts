/**
 * A graph file that ships with the lake names no bucket and no column, since it is there before both. It is the JSON
 * of Glue's API with three placeholders: `${RawBucket}`, `${ProcessedBucket}`, and for the Mapping of the node that
 * changes the schema `"${ContractMapping}"`, which becomes the columns of the dataset's contract.
 */
import { type Contract, columnsOf } from '../contract/contract.ts';
import type { JobGraph } from './graph.ts';
import { GraphError } from './graph-error.ts';
import type { Mapping } from './node-settings.ts';
import { parseGraph } from './parse-graph.ts';

export interface GraphBuckets {
  raw: string;
  processed: string;
}

/** Fills a graph file in, and reads it. Throws a GraphError. */
export function resolveGraph(text: string, buckets: GraphBuckets, contract: Contract): JobGraph {
  const filled = text
    .replaceAll(placeholder('RawBucket'), buckets.raw)
    .replaceAll(placeholder('ProcessedBucket'), buckets.processed)
    .replaceAll(`"${placeholder('ContractMapping')}"`, () => JSON.stringify(contractMapping(contract)));
  try {
    return parseGraph(JSON.parse(filled));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new GraphError([{ message: `The job graph is not JSON: ${error.message}` }]);
  }
}

/** From the names and types that the contract has for the files to those that it has for the table. */
export function contractMapping(contract: Contract): Mapping[] {
  return columnsOf(contract).map(({ name, physicalName, physicalType }) => ({
    FromPath: [physicalName],
    FromType: physicalType,
    ToKey: name,
    ToType: physicalType,
  }));
}

const placeholder = (name: string): string => `\${${name}}`;
