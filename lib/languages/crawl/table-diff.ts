import type { PlannedTable } from './crawl-plan.ts';

/** What is known of a table that is in the catalog. */
export interface CurrentTable {
  name: string;
  location: string;
  columns: { name: string; type: string }[];
  partitionKeys: { name: string; type: string }[];
  library?: string | undefined;
}

export type ColumnChange =
  | { change: 'added' | 'removed' | 'same'; name: string; type: string }
  | { change: 'retyped'; name: string; from: string; type: string };

export interface TableDiff {
  kind: 'new' | 'changed' | 'same';
  columns: ColumnChange[];
  /** The SerDe that reads it now, where the planned one is another. */
  library?: { from: string; to: string };
}

/** How a planned table differs from the one that is there; partition keys are columns like others here. */
export function diffTable(current: CurrentTable | undefined, planned: PlannedTable): TableDiff {
  const wanted = [...planned.columns, ...planned.partitionKeys];
  if (!current) return { kind: 'new', columns: wanted.map(({ name, type }) => ({ change: 'added', name, type })) };
  const known = new Map([...current.columns, ...current.partitionKeys].map(({ name, type }) => [name, type]));
  const columns: ColumnChange[] = wanted.map(({ name, type }) => {
    const from = known.get(name);
    if (from === undefined) return { change: 'added', name, type };
    return from === type ? { change: 'same', name, type } : { change: 'retyped', name, from, type };
  });
  const names = new Set(wanted.map(({ name }) => name));
  for (const [name, type] of known) if (!names.has(name)) columns.push({ change: 'removed', name, type });
  const to = planned.serde.library;
  const isSerdeChanged = current.library !== undefined && current.library !== to;
  const isSame = !isSerdeChanged && columns.every(({ change }) => change === 'same');
  return {
    kind: isSame ? 'same' : 'changed',
    columns,
    ...(isSerdeChanged ? { library: { from: current.library ?? '', to } } : {}),
  };
}
