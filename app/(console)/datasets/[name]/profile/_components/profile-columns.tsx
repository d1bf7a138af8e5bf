'use client';
import { ChevronRight } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { Fragment, useId, useState } from 'react';
import { barsOf, MiniHistogram } from '@/components/chart/mini-histogram';
import { MissingBar } from '@/components/chart/missing-bar';
import { ColumnIcon } from '@/components/table/column-icon';
import { Icon } from '@/components/ui/icon';
import { SearchInput } from '@/components/ui/input';
import { Panel } from '@/components/ui/panel';
import { Table } from '@/components/ui/table';
import { Tag } from '@/components/ui/tag';
import { formatNumber } from '@/lib/format/number';
import type { ColumnProfile, TableProfile } from '@/lib/languages/quality/table-profile.ts';
import { ColumnDetail } from './column-detail';

const COLUMNS = 7;

/** All columns at a glance; each opens what else is known of it. */
export function ProfileColumns({ profile }: { profile: TableProfile }) {
  const t = useTranslations('profile');
  const [search, setSearch] = useState('');
  const shown = profile.columns.filter(({ name }) => name.toLowerCase().includes(search.trim().toLowerCase()));
  return (
    <Panel
      isFlush
      title={t('columns.title')}
      aside={profile.columns.length}
      actions={
        <SearchInput
          label={t('columns.filter')}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      }
    >
      <Table label={t('columns.title')}>
        <thead>
          <tr>
            <th scope="col">{t('columns.column')}</th>
            <th scope="col">{t('columns.type')}</th>
            <th scope="col">{t('columns.missing')}</th>
            <th scope="col">{t('columns.distribution')}</th>
            <th scope="col">{t('columns.range')}</th>
            <th scope="col" className="num">
              {t('columns.distinct')}
            </th>
            <th scope="col">{t('columns.sensitive')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((column) => (
            <ColumnRow key={column.name} profile={profile} column={column} />
          ))}
        </tbody>
      </Table>
      {shown.length === 0 && <p className="muted px-4 py-3">{t('columns.noMatch')}</p>}
    </Panel>
  );
}

function ColumnRow({ profile, column }: { profile: TableProfile; column: ColumnProfile }) {
  const t = useTranslations('profile');
  const locale = useLocale();
  const id = useId();
  const [isOpen, setIsOpen] = useState(false);
  const bars = barsOf(column);
  const about = column.distinct !== undefined && !column.isDistinctExact ? '≈ ' : '';
  return (
    <Fragment>
      <tr>
        <td>
          <button
            type="button"
            className="inline-flex items-center gap-2 text-left"
            aria-expanded={isOpen}
            aria-controls={id}
            onClick={() => setIsOpen(!isOpen)}
          >
            <span className={isOpen ? 'inline-flex rotate-90' : 'inline-flex'}>
              <Icon of={ChevronRight} size="s" />
            </span>
            <ColumnIcon type={column.type} />
            <span className="mono">{column.name}</span>
          </button>
        </td>
        <td className="mono muted max-w-48 truncate" title={column.type}>
          {column.type}
        </td>
        <td className="w-36">
          <MissingBar missing={profile.rows === 0 ? 0 : column.nulls / profile.rows} />
        </td>
        <td>
          {bars.length > 0 && <MiniHistogram label={t('columns.distributionOf', { name: column.name })} bars={bars} />}
        </td>
        <td className="max-w-72 truncate tabular-nums">
          <Range column={column} />
        </td>
        <td className="num">{column.distinct === undefined ? '–' : about + formatNumber(column.distinct, locale)}</td>
        <td>{column.sensitive && <Tag>{t(`sensitive.${column.sensitive.kind}`)}</Tag>}</td>
      </tr>
      <tr id={id} hidden={!isOpen}>
        <td colSpan={COLUMNS} className="!whitespace-normal !h-auto !py-3 bg-sunken">
          {isOpen && <ColumnDetail profile={profile} column={column} />}
        </td>
      </tr>
    </Fragment>
  );
}

function Range({ column: { kind, min, max, length } }: { column: ColumnProfile }) {
  const t = useTranslations('profile');
  if (min === undefined || max === undefined) return '–';
  if (min === max) return min === '' ? '""' : min;
  if (kind === 'text' && length && length.max > 40) return t('columns.lengths', { min: length.min, max: length.max });
  return `${min === '' ? '""' : min} … ${max}`;
}
