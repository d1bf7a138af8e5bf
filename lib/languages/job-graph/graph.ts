/**
 * A job graph: what Glue calls CodeGenConfigurationNodes, a record of nodes by id, each a record with its kind as the
 * one key. In memory a node knows its id and kind.
 */
import type { NodeSettings, NodeType } from './node-settings.ts';

export type NodeOf<T extends NodeType> = { id: string; type: T; settings: NodeSettings<T> };
export type GraphNode = { [T in NodeType]: NodeOf<T> }[NodeType];

export type TargetNode = NodeOf<'S3DirectTarget'> | NodeOf<'S3GlueParquetTarget'> | NodeOf<'S3CatalogTarget'>;

/** In topological order once it has been checked: a node comes after all that it reads. */
export type JobGraph = GraphNode[];

export interface GraphColumn {
  name: string;
  /** Athena's type: `string`, `bigint`, `double`, `decimal(10,2)`, … */
  type: string;
}

export const inputsOf = (node: GraphNode): string[] =>
  'Inputs' in node.settings ? (node.settings.Inputs as string[]) : [];

export const isSource = (node: GraphNode): boolean => node.type.endsWith('Source');
export const isTarget = (node: GraphNode): node is TargetNode => node.type.endsWith('Target');

export function findNode(graph: JobGraph, id: string): GraphNode | undefined {
  return graph.find((node) => node.id === id);
}

/** The graph as Glue's API and a graph file have it. */
export function printGraph(graph: JobGraph): Record<string, Record<string, unknown>> {
  return Object.fromEntries(graph.map(({ id, type, settings }) => [id, { [type]: settings }]));
}
