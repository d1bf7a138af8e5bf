import { type GraphColumn, inputsOf, isSource, isTarget, type JobGraph } from './graph.ts';
import type { GraphProblem } from './graph-error.ts';
import { nodeColumns } from './node-columns.ts';
import type { NodeType } from './node-settings.ts';

/** Columns that a source node's data has; undefined for a source that nothing is known of. */
export type SourceColumns = (nodeId: string) => GraphColumn[] | undefined;

export interface CheckedGraph {
  problems: GraphProblem[];
  /** What each node gives. */
  columns: Map<string, GraphColumn[]>;
}

/** Kinds that can be read and drawn, but not run on both Spark and this lake with the same result. */
const refused: Partial<Record<NodeType, string>> = {
  SparkSQL: 'SQL of Spark does not run on this lake. Use Filter, ApplyMapping, Aggregate or Join instead.',
  DropNullFields: 'would make the columns depend on the rows of one day. Name the columns in a DropFields instead.',
};

/** Follows the columns through the graph, and returns all that is wrong on the way. */
export function checkGraph(graph: JobGraph, sourceColumns: SourceColumns): CheckedGraph {
  const problems: GraphProblem[] = [];
  const columns = new Map<string, GraphColumn[]>();
  for (const node of graph) {
    const named = { nodeId: node.id, nodeName: node.settings.Name };
    const reason = refused[node.type];
    if (reason) problems.push({ ...named, message: `${node.type} ${reason}` });
    const inputs = inputsOf(node).map((id) => columns.get(id) ?? []);
    const own = isSource(node) ? sourceColumns(node.id) : undefined;
    if (isSource(node) && !own) problems.push({ ...named, message: 'nothing is known of the data that it reads.' });
    const report = (problem: Pick<GraphProblem, 'field' | 'message'>) => problems.push({ ...named, ...problem });
    columns.set(node.id, own ?? nodeColumns(node, { inputs, report }));
    if (isTarget(node))
      problems.push(...targetProblems(node.settings, columns.get(node.id) ?? []).map((p) => ({ ...named, ...p })));
  }
  if (!graph.some(isTarget)) problems.push({ message: 'The graph writes nothing: it has no target.' });
  return { problems, columns };
}

function targetProblems(
  settings: Record<string, unknown>,
  columns: GraphColumn[],
): Pick<GraphProblem, 'field' | 'message'>[] {
  const problems = [];
  const format = settings.Format;
  if (typeof format === 'string' && format !== 'parquet') {
    problems.push({ field: 'Format', message: `tables of this lake are Parquet, not ${format}.` });
  }
  // Athena folds names to lower case, and reads no others from Parquet without quoting trouble.
  const odd = columns.filter(({ name }) => !/^[a-z_][a-z0-9_]*$/.test(name));
  if (odd.length > 0) {
    const names = odd.map(({ name }) => `“${name}”`).join(', ');
    problems.push({
      field: 'Inputs',
      message: `${names}: give it a name of lower-case letters, digits and _ by a RenameField.`,
    });
  }
  return problems;
}
