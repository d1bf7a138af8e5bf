'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { htmlOf, tsvOf } from '@/components/table/copy-range';
import type { Range } from '@/components/table/grid-moves';
import { reportFrom } from '@/lib/fetch-json';
import { fetchRows } from '@/lib/query/result/result-options';
import type { ResultView } from '@/lib/query/result/view-schemas';
import type { Cell, ResultColumn } from '@/lib/query/schemas';

/** More is for an export: a clipboard is memory. */
const CELLS_MAX = 200_000;
const PAGE_ROWS = 1000;

/** Copies a range, also of rows that are not in the browser yet, as text and as a table. */
export function useCopyRange(id: string, view: ResultView, columns: readonly ResultColumn[]) {
  const t = useTranslations('result');
  const [said, setSaid] = useState('');
  const run = async (range: Range, withHeaders: boolean) => {
    const rows = range.bottom - range.top + 1;
    const cells = rows * (range.right - range.left + 1);
    if (cells > CELLS_MAX) return setSaid(t('tooManyCells', { max: CELLS_MAX }));
    setSaid(t('copying'));
    try {
      const read = readRange(id, view, range);
      const picked = columns.slice(range.left, range.right + 1);
      const as = (type: string, write: typeof tsvOf) =>
        read.then((found) => new Blob([write({ columns: picked, rows: found, withHeaders })], { type }));
      // The promises go to the clipboard unresolved: it stays open for them after the key press is long over.
      await navigator.clipboard.write([
        new ClipboardItem({ 'text/plain': as('text/plain', tsvOf), 'text/html': as('text/html', htmlOf) }),
      ]);
      setSaid(t('copied', { count: cells }));
    } catch (error) {
      setSaid(t('copyFailed', { why: reportFrom(error).message }));
    }
  };
  return { said, run: (range: Range, withHeaders: boolean) => void run(range, withHeaders) };
}

async function readRange(id: string, view: ResultView, { top, bottom, left, right }: Range): Promise<Cell[][]> {
  const rows: Cell[][] = [];
  for (let from = top; from <= bottom; from += PAGE_ROWS) {
    const count = Math.min(PAGE_ROWS, bottom - from + 1);
    const page = await fetchRows(id, view, { from, count, isWhole: true });
    rows.push(...page.rows.map((row) => columnsOf(row, left, right)));
  }
  return rows;
}

const columnsOf = (row: Cell[], left: number, right: number) =>
  Array.from({ length: right - left + 1 }, (_, index) => row[left + index] ?? null);
