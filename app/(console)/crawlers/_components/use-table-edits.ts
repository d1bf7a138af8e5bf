import { useState } from 'react';
import type { PlannedColumn, PlannedTable } from '@/lib/languages/crawl/crawl-plan.ts';

export interface ColumnEdit {
  from: string;
  name: string;
  type: string;
}

/** A person's names and types for a planned table; at first those of the plan. */
export function useTableEdits(table: PlannedTable) {
  const [name, setName] = useState(table.betterName ?? table.name);
  const [columns, setColumns] = useState(() => table.columns.map(plain));
  const setColumn = (from: string, change: Partial<ColumnEdit>) =>
    setColumns((before) => before.map((column) => (column.from === from ? { ...column, ...change } : column)));
  const reset = () => {
    setName(table.name);
    setColumns(table.columns.map(plain));
  };
  return { name, setName, columns, setColumn, reset };
}

const plain = ({ name, type }: PlannedColumn): ColumnEdit => ({ from: name, name, type });
