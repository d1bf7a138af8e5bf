'use client';
import clsx from 'clsx';
import { STATE_TONE, type StateName, StateShape } from '@/components/ui/state';
import type { Layout, PlacedEdge, PlacedNode } from './layout';
import styles from './state-graph.module.css';

/** How one node looks just now. */
export interface NodeLook {
  state: StateName;
  /** The state's word, for those who cannot see the shape. */
  word: string;
  /** At the right end: a duration, a count. */
  note?: string;
  /** The way did not come by here, and will not any more. */
  isOff?: boolean;
}

export type EdgeTone = 'open' | 'taken' | 'failed' | 'rejected' | 'off';

interface StateGraphProps {
  /** Read out: what the drawing says as a whole. */
  label: string;
  layout: Layout;
  looks: Readonly<Record<string, NodeLook>>;
  toneOf: (edge: PlacedEdge) => EdgeTone;
  selected?: string;
  onSelect: (id: string) => void;
}

/** A state machine, drawn from top to bottom; every node can be chosen with the pointer or the keyboard. */
export function StateGraph({ label, layout, looks, toneOf, selected, onSelect }: StateGraphProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: SVG has no element for a group of controls.
    <svg
      className={styles.graph}
      viewBox={`0 0 ${layout.width} ${layout.height}`}
      style={{ maxWidth: layout.width }}
      role="group"
      aria-label={label}
    >
      {layout.edges.map((edge) => (
        <Edge key={`${edge.from} ${edge.to} ${edge.path}`} edge={edge} tone={toneOf(edge)} />
      ))}
      {layout.nodes.map((node) => (
        <Node
          key={node.id}
          node={node}
          look={looks[node.id]}
          isSelected={node.id === selected}
          onSelect={() => onSelect(node.id)}
        />
      ))}
    </svg>
  );
}

function Edge({ edge, tone }: { edge: PlacedEdge; tone: EdgeTone }) {
  if (edge.isQuiet && (tone === 'open' || tone === 'off')) return null;
  return (
    <g className={styles[tone]}>
      <path className={styles.edge} d={edge.path} />
      {edge.label && (
        <text className={styles.edgeLabel} x={edge.labelAt.x} y={edge.labelAt.y}>
          {edge.label}
        </text>
      )}
    </g>
  );
}

interface NodeProps {
  node: PlacedNode;
  look: NodeLook | undefined;
  isSelected: boolean;
  onSelect: () => void;
}

const ICON = 13;

function Node({ node, look, isSelected, onSelect }: NodeProps) {
  const state = look?.state ?? 'waiting';
  const { width, height } = node;
  const indent = node.shape === 'choice' ? 18 : 10;
  return (
    // biome-ignore lint/a11y/useSemanticElements: SVG has no button element.
    <g
      className={clsx(styles.node, STATE_TONE[state], look?.isOff && styles.offNode)}
      data-state={state}
      transform={`translate(${node.x} ${node.y})`}
      role="button"
      tabIndex={0}
      aria-pressed={isSelected}
      aria-label={[node.label, look?.word, look?.note].filter(Boolean).join(', ')}
      onClick={onSelect}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        onSelect();
      }}
    >
      {state === 'running' && <rect className={styles.halo} width={width} height={height} rx="5" />}
      <path className={styles.shape} d={outline(node)} />
      <g className={styles.icon} transform={`translate(${indent} ${(height - ICON) / 2}) scale(${ICON / 16})`}>
        <StateShape state={state} />
      </g>
      <text className={styles.label} x={indent + ICON + 8} y={height / 2 + 4.5}>
        {node.label}
      </text>
      {look?.note && (
        <text className={styles.note} x={width - indent} y={height / 2 + 4} textAnchor="end">
          {look.note}
        </text>
      )}
    </g>
  );
}

const POINT = 14;

function outline({ shape, width, height }: PlacedNode): string {
  if (shape === 'choice') {
    return `M${POINT} 0H${width - POINT}L${width} ${height / 2}L${width - POINT} ${height}H${POINT}L0 ${height / 2}z`;
  }
  return `M5 0H${width - 5}a5 5 0 0 1 5 5V${height - 5}a5 5 0 0 1-5 5H5a5 5 0 0 1-5-5V5a5 5 0 0 1 5-5z`;
}
