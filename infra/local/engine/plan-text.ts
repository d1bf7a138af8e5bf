import { z } from 'zod';
import { typeText } from '../../../lib/languages/trino-sql/types.ts';
import type { QueryColumn } from './task.ts';

interface PlanNode {
  name: string;
  children: PlanNode[];
  details: Record<string, string | string[]>;
  rows: number | undefined;
  seconds: number | undefined;
}

// EXPLAIN and EXPLAIN ANALYZE name the same things differently.
const PlanNode: z.ZodType<PlanNode> = z
  .looseObject({
    name: z.string().optional(),
    operator_name: z.string().optional(),
    children: z.array(z.lazy(() => PlanNode)).default([]),
    extra_info: z.record(z.string(), z.union([z.string(), z.array(z.string())])).catch({}),
    operator_cardinality: z.number().optional(),
    operator_timing: z.number().optional(),
  })
  .transform(({ name, operator_name, children, extra_info, operator_cardinality, operator_timing }) => ({
    name: (operator_name ?? name ?? '').trim(),
    children,
    details: extra_info,
    rows: operator_cardinality,
    seconds: operator_timing,
  }));

/** A plan to be read: what comes out first, and below each step what it takes its rows from. */
export function planLines(plan: unknown, columns: QueryColumn[]): string[] {
  const roots = z.union([PlanNode.transform((node) => [node]), z.array(PlanNode)]).parse(plan);
  const output = columns.map(({ name, type }) => `${name}:${typeText(type)}`).join(', ');
  return [
    `Output[columnNames = [${columns.map(({ name }) => name).join(', ')}]]`,
    `│   Layout: [${output}]`,
    ...roots.flatMap((node) => linesOf(node, 0)),
  ];
}

function linesOf({ name, children, details, rows, seconds }: PlanNode, depth: number): string[] {
  // The root of an analyzed plan has no name, and its first step only explains.
  if (name === '' || name === 'EXPLAIN_ANALYZE') return children.flatMap((child) => linesOf(child, depth));
  const indent = '   '.repeat(depth);
  const shown = Object.entries(details).flatMap(([key, value]) => {
    const text = [value]
      .flat()
      .filter((item) => item !== '' && !item.includes('/'))
      .join(', ');
    return text === '' || key === 'Function' ? [] : [`${indent}│   ${key}: ${text}`];
  });
  const spent = rows === undefined ? [] : [`${indent}│   Rows: ${rows}, CPU: ${((seconds ?? 0) * 1000).toFixed(2)}ms`];
  const title = name
    .toLowerCase()
    .replaceAll('_', ' ')
    .replace(/^\w/, (letter) => letter.toUpperCase());
  return [`${indent}└─ ${title}`, ...shown, ...spent, ...children.flatMap((child) => linesOf(child, depth + 1))];
}
