'use client';
import { useQueries } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { pageRows, resultPageOptions } from '@/lib/query/result/result-options';
import type { ResultRows } from '@/lib/query/result/result-state';
import type { ResultView } from '@/lib/query/result/view-schemas';
import type { Cell } from '@/lib/query/schemas';

export interface ShownRow {
  number: number;
  cells: Cell[];
}

/** The pages of a view that are in sight; those that were scrolled past are let go of after a while. */
export function useResultPages(id: string, view: ResultView, { columns, rows }: { columns: number; rows: number }) {
  const size = pageRows(columns);
  const [inSight, setInSight] = useState({ first: 0, last: 0 });
  const lastPage = Math.max(0, Math.ceil(rows / size) - 1);
  const first = Math.min(Math.floor(inSight.first / size), lastPage);
  const last = Math.min(Math.floor(inSight.last / size), lastPage);
  const numbers = rows === 0 ? [] : Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const pages = useQueries({
    queries: numbers.map((page) => ({
      // While rows still come the last page is shorter than it will be: it is another page then.
      ...resultPageOptions(id, view, page * size, Math.min(size, rows - page * size)),
      select: withNumbers,
    })),
  });
  const found = useMemo(() => new Map(numbers.map((page, index) => [page, pages[index]?.data])), [numbers, pages]);
  const rowAt = useCallback((row: number) => found.get(Math.floor(row / size))?.[row % size], [found, size]);
  const show = useCallback((from: number, to: number) => setInSight({ first: from, last: to }), []);
  const error = pages.find((page) => page.error)?.error;
  return { rowAt, show, error };
}

function withNumbers({ rows, numbers }: ResultRows): ShownRow[] {
  return rows.map((cells, index) => ({ number: numbers[index] ?? 0, cells }));
}
