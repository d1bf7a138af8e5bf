'use client';
import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { Panel } from '@/components/ui/panel';
import type { AccessMatrix } from '@/lib/access/matrix/schemas';
import type { MatrixSearch } from '../search-params';
import { MatrixDetail } from './matrix-detail';
import { MatrixHead } from './matrix-head';
import { MatrixLine } from './matrix-line';
import { matrixLines } from './matrix-lines';
import { type MatrixSpot, matrixView } from './matrix-view';
import { stepped } from './stepped';

interface MatrixGridProps {
  matrix: AccessMatrix;
  search: MatrixSearch;
}

interface OpenSpot {
  spot: MatrixSpot;
  cell: HTMLElement;
}

/** The matrix as a grid for the keyboard: arrows move, Enter opens what decides a cell. https://www.w3.org/WAI/ARIA/apg/patterns/grid/ */
export function MatrixGrid({ matrix, search }: MatrixGridProps) {
  const t = useTranslations('access.matrix');
  const view = matrixView(matrix, search.dataset !== undefined);
  const [expanded, setExpanded] = useState<readonly string[]>([]);
  const [active, setActive] = useState({ row: 0, column: 0 });
  const [open, setOpen] = useState<OpenSpot>();
  const grid = useRef<HTMLTableElement>(null);
  const lines = matrixLines(view, expanded);
  const toggle = (name: string) =>
    setExpanded((names) => (names.includes(name) ? names.filter((each) => each !== name) : [...names, name]));
  const move = (event: React.KeyboardEvent) => {
    const isInCell = event.target instanceof HTMLElement && event.target.dataset.cell !== undefined;
    const next = isInCell && stepped(active, event, { rows: lines.length, columns: view.columns.length });
    if (!next) return;
    event.preventDefault();
    setActive(next);
    grid.current?.querySelector<HTMLElement>(`[data-cell="${next.row} ${next.column}"]`)?.focus();
  };
  const title = view.by === 'dataset' ? view.dataset : t(`actions.${search.action ?? 'query'}`);
  return (
    <Panel isFlush title={title} aside={t('hint')}>
      <div className="frame">
        {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the ARIA pattern of a grid on a real table. */}
        <table ref={grid} role="grid" aria-label={t('gridOf', { title })} className="table" onKeyDown={move}>
          <MatrixHead view={view} search={search} />
          <tbody>
            {lines.map((line, row) => (
              <MatrixLine
                key={line.key}
                {...{ line, row, matrix, search, active, open: open?.spot }}
                onToggle={toggle}
                onOpen={(spot, column, cell) => {
                  setActive({ row, column });
                  setOpen({ spot, cell });
                }}
              />
            ))}
          </tbody>
        </table>
      </div>
      {open && <MatrixDetail matrix={matrix} spot={open.spot} anchor={open.cell} onClose={() => setOpen(undefined)} />}
    </Panel>
  );
}
