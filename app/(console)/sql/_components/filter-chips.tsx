'use client';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { IconButton } from '@/components/ui/button';
import type { ColumnFilter, ResultView } from '@/lib/query/result/view-schemas';
import type { ResultColumn } from '@/lib/query/schemas';

/** What the rows are narrowed by, each to be taken away again. */
export function FilterChips({
  columns,
  view,
  onChange,
}: {
  columns: readonly ResultColumn[];
  view: ResultView;
  onChange: (view: ResultView) => void;
}) {
  const t = useTranslations('result');
  const textOf = (filter: ColumnFilter) => {
    const name = columns[filter.column]?.name ?? '';
    if (filter.op !== 'range') return t(`chip.${filter.op}`, { name, text: 'text' in filter ? filter.text : '' });
    const { from, to } = filter;
    if (from === undefined) return t('chip.atMost', { name, to: to ?? '' });
    return to === undefined ? t('chip.atLeast', { name, from }) : t('chip.range', { name, from, to });
  };
  return view.filters.map((filter) => {
    const text = textOf(filter);
    return (
      <span key={filter.column} className="tag flex max-w-64 items-center gap-1">
        <span className="truncate" title={text}>
          {text}
        </span>
        <IconButton
          icon={X}
          size="sm"
          label={t('removeFilterOn', { text })}
          onClick={() => onChange({ ...view, filters: view.filters.filter((each) => each !== filter) })}
        />
      </span>
    );
  });
}
