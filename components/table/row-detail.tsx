'use client';
import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { IconButton } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { formatNumber } from '@/lib/format/number';
import { columnKind } from '@/lib/query/column-kind';
import type { Cell, ResultColumn } from '@/lib/query/schemas';
import { CellValue } from './cell-value';
import { ColumnIcon } from './column-icon';
import { JsonView } from './json-view';

interface RowDetailProps {
  /** Its number in the result, from 0. */
  number: number;
  columns: readonly ResultColumn[];
  cells: readonly Cell[] | undefined;
  /** The column to begin at. */
  column: number;
  onPrevious: (() => void) | undefined;
  onNext: (() => void) | undefined;
  onClose: () => void;
}

/** All columns of one row, with whole texts and JSON laid out. */
export function RowDetail({ number, columns, cells, column, onPrevious, onNext, onClose }: RowDetailProps) {
  const t = useTranslations('result');
  const locale = useLocale();
  const panel = useRef<HTMLElement>(null);
  const isThere = cells !== undefined;
  useEffect(() => panel.current?.focus(), []);
  useEffect(() => {
    if (isThere) panel.current?.querySelector(`[data-place="${column}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [column, isThere]);
  const onKeyDown = (event: KeyboardEvent) => {
    const step =
      event.key === 'ArrowUp' && event.altKey
        ? onPrevious
        : event.key === 'ArrowDown' && event.altKey
          ? onNext
          : undefined;
    if (event.key === 'Escape') onClose();
    else if (step) step();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const title = t('rowTitle', { number: formatNumber(number + 1, locale) });
  return (
    <section
      ref={panel}
      aria-label={title}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it takes the focus when it opens, and scrolls.
      tabIndex={0}
      onKeyDown={onKeyDown}
      className="grid h-full min-w-0 content-start overflow-auto border-line border-l bg-surface text-xs"
    >
      <div className="sticky top-0 flex h-9 items-center gap-1 border-line border-b bg-surface px-3">
        <h3 className="grow font-medium">{title}</h3>
        <IconButton icon={ChevronUp} size="sm" label={t('previousRow')} isDisabled={!onPrevious} onClick={onPrevious} />
        <IconButton icon={ChevronDown} size="sm" label={t('nextRow')} isDisabled={!onNext} onClick={onNext} />
        <IconButton icon={X} size="sm" label={t('close')} onClick={onClose} />
      </div>
      {cells && (
        <dl className="grid">
          {columns.map(({ name, type }, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: columns of a result may share a name; the place is theirs.
            <div key={place} data-place={place} className="grid gap-1 border-line border-b px-3 py-2">
              <dt className="flex items-center gap-1.5">
                <ColumnIcon type={type} />
                <span className="min-w-0 truncate font-medium">{name}</span>
                <span className="mono faint grow truncate">{type}</span>
                {cells[place] != null && <CopyButton text={cells[place] ?? ''} />}
              </dt>
              <dd className="min-w-0">
                <Whole name={name} type={type} value={cells[place] ?? null} />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

function Whole({ name, type, value }: { name: string; type: string; value: Cell }) {
  const t = useTranslations('result');
  if (value === '') return <span className="faint">{t('emptyText')}</span>;
  if (value !== null && (columnKind(type) === 'nested' || isJson(value)))
    return (
      <div className="box overflow-hidden rounded border border-line bg-sunken">
        <JsonView label={name} text={value} />
      </div>
    );
  return (
    <span className="whitespace-pre-wrap break-words">
      <CellValue value={value} type={type} />
    </span>
  );
}

function isJson(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
