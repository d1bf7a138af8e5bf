'use client';
import { ShieldAlert } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useId } from 'react';
import { barsOf, MiniHistogram } from '@/components/chart/mini-histogram';
import { MissingBar } from '@/components/chart/missing-bar';
import { ColumnIcon } from '@/components/table/column-icon';
import { Amount } from '@/components/ui/amount';
import { Icon } from '@/components/ui/icon';
import { Input } from '@/components/ui/input';
import { Tag } from '@/components/ui/tag';
import { MAX_COMMENT, type TableColumn } from '@/lib/catalog/schemas';
import { formatShare } from '@/lib/format/number';
import type { ColumnProfile } from '@/lib/languages/quality/table-profile.ts';
import type { Comments } from './table-columns';

interface ColumnRowProps {
  column: TableColumn;
  /** Rows are laid out by it. */
  isKey: boolean;
  measured: ColumnProfile | undefined;
  rows: number | undefined;
  original?: Comments;
}

export function ColumnRow({ column, isKey, measured, rows, original }: ColumnRowProps) {
  const t = useTranslations('datasets');
  return (
    <tr>
      <td>
        <span className="flex items-center gap-2">
          <ColumnIcon type={column.type} />
          <span className="mono">{column.name}</span>
          {isKey && <Tag>{t('partitionKey')}</Tag>}
          {measured?.sensitive && <Sensitive of={measured.sensitive} />}
        </span>
      </td>
      <td className="mono muted">{column.type}</td>
      {rows !== undefined && <Measured of={measured} rows={rows} />}
      <td className={original || column.comment ? 'muted !whitespace-normal min-w-48' : undefined}>
        {original ? <CommentField column={column.name} comments={original} /> : column.comment}
      </td>
    </tr>
  );
}

/** A guess, from the column's name and its values. */
function Sensitive({ of: { kind, share } }: { of: NonNullable<ColumnProfile['sensitive']> }) {
  const t = useTranslations('datasets.sensitive');
  const locale = useLocale();
  return (
    <span title={t('hint', { share: formatShare(share, locale) })}>
      <Tag isOn>
        <Icon of={ShieldAlert} size="s" />
        {t(kind)}
      </Tag>
    </span>
  );
}

function Measured({ of: measured, rows }: { of: ColumnProfile | undefined; rows: number }) {
  const t = useTranslations('datasets');
  // A column that came since.
  if (!measured) return <td colSpan={4} />;
  const bars = barsOf(measured);
  const { nulls, min, max, distinct, isDistinctExact } = measured;
  return (
    <>
      <td>
        <MissingBar missing={rows === 0 ? 0 : nulls / rows} />
      </td>
      <td>{bars.length > 1 && <MiniHistogram label={t('distributionOf', { column: measured.name })} bars={bars} />}</td>
      <td className="muted text-xs">
        <span className="block max-w-56 truncate" title={[min, max].filter(Boolean).join(' – ')}>
          {min === undefined ? '–' : min === max ? min : `${min} – ${max}`}
        </span>
      </td>
      <td className="num">
        {distinct !== undefined && !isDistinctExact && '≈ '}
        <Amount value={distinct} />
      </td>
    </>
  );
}

function CommentField({ column, comments: { before, theirs } }: { column: string; comments: Comments }) {
  const t = useTranslations('datasets');
  const note = useId();
  const field = `comments.${column}`;
  const meanwhile = theirs[field];
  return (
    <span className="grid gap-1">
      <Input
        name={field}
        defaultValue={before[field]}
        maxLength={MAX_COMMENT}
        autoComplete="off"
        aria-label={t('commentOf', { column })}
        aria-describedby={meanwhile === undefined ? undefined : note}
        aria-invalid={meanwhile === undefined ? undefined : true}
      />
      {meanwhile !== undefined && (
        <small id={note} role="alert" className="text-failed text-xs">
          {t('edit.theirs', { value: meanwhile || '–' })}
        </small>
      )}
    </span>
  );
}
