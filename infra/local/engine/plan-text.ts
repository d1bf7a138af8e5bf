import type { TrinoNode } from './trino-plan.ts';

/** A plan to be read: what comes out first, and below each step what it takes its rows from. */
export function planLines(root: TrinoNode): string[] {
  const seconds = secondsOf(root);
  return ['Fragment 0 [SINGLE]', ...linesOf(root, '    ', '    ', seconds)];
}

function linesOf(node: TrinoNode, lead: string, indent: string, seconds: number): string[] {
  const { name, descriptor, outputs, details, spent, estimatedRows, children } = node;
  const inside = Object.entries(descriptor).map(([key, value]) => `${key} = ${value}`);
  const bar = children.length > 0 ? '│   ' : '    ';
  const layout = outputs.map(({ symbol, type }) => `${symbol}:${type}`).join(', ');
  const share = spent && seconds > 0 ? ` (${((spent.seconds / seconds) * 100).toFixed(2)}%)` : '';
  return [
    `${lead}${name}[${inside.join(', ')}]`,
    ...(layout === '' ? [] : [`${indent}${bar}Layout: [${layout}]`]),
    ...(estimatedRows === undefined || spent ? [] : [`${indent}${bar}Estimates: {rows: ${estimatedRows}}`]),
    ...(spent ? [`${indent}${bar}CPU: ${milliseconds(spent.seconds)}${share}, Output: ${rowText(spent.rows)}`] : []),
    ...details.map((detail) => `${indent}${bar}${detail}`),
    ...children.flatMap((child, index) => {
      const isLast = index === children.length - 1;
      return linesOf(child, `${indent}${isLast ? '└─ ' : '├─ '}`, `${indent}${isLast ? '   ' : '│  '}`, seconds);
    }),
  ];
}

/** As Athena gives them: https://docs.aws.amazon.com/athena/latest/ug/athena-explain-statement.html */
export function planJson(root: TrinoNode): unknown {
  if (!root.spent) return { '0': planned(root) };
  const stageStats = { totalCpuTime: milliseconds(secondsOf(root)), outputRows: rowText(root.spent.rows) };
  const outputLayout = root.outputs.map(({ symbol }) => symbol).join(', ');
  return { fragments: [{ id: '0', stageStats, outputLayout, logicalPlan: { '0': [analyzed(root)] } }] };
}

function planned({ estimatedRows, spent: _, children, ...node }: TrinoNode): unknown {
  const estimates = estimatedRows === undefined ? [] : [{ outputRowCount: estimatedRows }];
  return { ...node, estimates, children: children.map(planned) };
}

function analyzed({ name, descriptor, outputs, details, spent, children }: TrinoNode): unknown {
  const inside = Object.entries(descriptor).map(([key, value]) => `${key} = ${value}`);
  return {
    name,
    identifier: `[${inside.join(', ')}]`,
    outputs: outputs.map(({ symbol }) => symbol),
    details: details.map((detail) => `${detail}\n`).join(''),
    distributedNodeStats: { nodeCpuTime: milliseconds(spent?.seconds ?? 0), nodeOutputRows: spent?.rows ?? 0 },
    children: children.map(analyzed),
  };
}

function secondsOf({ spent, children }: TrinoNode): number {
  return children.reduce((sum, child) => sum + secondsOf(child), spent?.seconds ?? 0);
}

function milliseconds(seconds: number): string {
  return `${(seconds * 1000).toFixed(2)}ms`;
}

function rowText(rows: number): string {
  return `${rows} ${rows === 1 ? 'row' : 'rows'}`;
}
