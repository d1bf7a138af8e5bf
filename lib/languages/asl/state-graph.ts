/** A definition as a picture: its states and the ways between them. */

import { comparisonOf } from './choice-rule.ts';
import type { ChoiceRule, Definition, State, StateMachine } from './definition.ts';
import { itemProcessor } from './definition.ts';

export interface StateNode {
  /** The state's name; names are unique within a definition's picture, as AWS asks of them. */
  id: string;
  type: State['Type'];
  comment?: string;
  /** A Task's resource. */
  resource?: string;
  /** The Parallel or Map state that this one is inside of, and which branch of it. */
  parent?: string;
  branch?: number;
  isStart?: boolean;
  isEnd?: boolean;
}

export interface StateEdge {
  from: string;
  to: string;
  kind: 'next' | 'choice' | 'default' | 'catch';
  /** The condition of a choice or the errors of a catch, in short: `$.status == "accepted"`. */
  label?: string;
}

export interface StateGraph {
  nodes: StateNode[];
  edges: StateEdge[];
}

export function stateGraph(definition: Definition): StateGraph {
  const graph: StateGraph = { nodes: [], edges: [] };
  addMachine(graph, definition, {});
  return graph;
}

function addMachine(graph: StateGraph, machine: StateMachine, place: { parent?: string; branch?: number }): void {
  for (const [id, state] of Object.entries(machine.States)) {
    graph.nodes.push(toNode(id, state, machine.StartAt === id, place));
    graph.edges.push(...edgesOf(id, state));
    if (state.Type === 'Map') addMachine(graph, itemProcessor(state), { parent: id, branch: 0 });
    if (state.Type === 'Parallel') {
      for (const [branch, inner] of state.Branches.entries()) addMachine(graph, inner, { parent: id, branch });
    }
  }
}

function toNode(id: string, state: State, isStart: boolean, place: { parent?: string; branch?: number }): StateNode {
  const isEnd = state.Type === 'Succeed' || state.Type === 'Fail' || ('End' in state && state.End === true);
  return {
    id,
    type: state.Type,
    ...place,
    ...(state.Comment !== undefined && { comment: state.Comment }),
    ...(state.Type === 'Task' && { resource: state.Resource }),
    ...(isStart && { isStart }),
    ...(isEnd && { isEnd }),
  };
}

function edgesOf(from: string, state: State): StateEdge[] {
  const edges: StateEdge[] = [];
  if (state.Type === 'Choice') {
    for (const rule of state.Choices) {
      if (rule.Next) edges.push({ from, to: rule.Next, kind: 'choice', label: describeRule(rule) });
    }
    if (state.Default) edges.push({ from, to: state.Default, kind: 'default' });
  } else if ('Next' in state && state.Next) edges.push({ from, to: state.Next, kind: 'next' });
  if ('Catch' in state) {
    for (const { Next, ErrorEquals } of state.Catch ?? [])
      edges.push({ from, to: Next, kind: 'catch', label: ErrorEquals.join(', ') });
  }
  return edges;
}

const SIGNS: Record<string, string> = {
  LessThanEquals: '<=',
  GreaterThanEquals: '>=',
  LessThan: '<',
  GreaterThan: '>',
  Equals: '==',
};

/** A choice rule as one short line. */
function describeRule(rule: ChoiceRule): string {
  if (rule.Condition !== undefined) return String(rule.Condition).replace(/^\{%\s*|\s*%\}$/g, '');
  if (rule.And) return rule.And.map(describeInner).join(' and ');
  if (rule.Or) return rule.Or.map(describeInner).join(' or ');
  if (rule.Not) return `not (${describeRule(rule.Not)})`;
  const comparison = comparisonOf(rule) ?? '';
  return describeComparison(rule.Variable ?? '', comparison, rule[comparison]);
}

function describeInner(rule: ChoiceRule): string {
  return rule.And || rule.Or ? `(${describeRule(rule)})` : describeRule(rule);
}

function describeComparison(variable: string, comparison: string, wanted: unknown): string {
  if (comparison.startsWith('Is')) {
    const what = comparison.slice(2).toLowerCase();
    return `${variable} is ${wanted === true ? '' : 'not '}${what}`;
  }
  const value = comparison.endsWith('Path') ? String(wanted) : JSON.stringify(wanted);
  if (comparison === 'StringMatches') return `${variable} matches ${value}`;
  const relation = Object.keys(SIGNS).find((name) => comparison.replace(/Path$/, '').endsWith(name)) ?? '';
  return `${variable} ${SIGNS[relation] ?? comparison} ${value}`;
}
