'use client';
import { useTranslations } from 'next-intl';
import { DiffMark } from '@/components/diff/diff-mark';
import { Panel } from '@/components/ui/panel';
import { Table } from '@/components/ui/table';
import { Tag } from '@/components/ui/tag';
import type { ComparedColumn } from '@/lib/languages/compare/comparison.ts';

const marks = { added: 'added', removed: 'removed', retyped: 'changed', same: undefined } as const;

export function ColumnChanges({ columns }: { columns: readonly ComparedColumn[] }) {
  const t = useTranslations('compare.columns');
  const isChanged = (column: ComparedColumn) =>
    column.change !== 'same' || column.isMoved || column.formerName !== undefined;
  const changed = columns.filter(isChanged);
  return (
    <Panel isFlush title={t('title')} aside={t('count', { count: columns.length })}>
      {changed.length === 0 ? (
        <p className="muted pb">{t('same')}</p>
      ) : (
        <Table label={t('title')}>
          <thead>
            <tr>
              <th scope="col">{t('column')}</th>
              <th scope="col" className="w-full">
                {t('change')}
              </th>
            </tr>
          </thead>
          <tbody>
            {changed.map((column) => (
              <tr key={column.name}>
                <td>
                  <DiffMark kind={marks[column.change]} /> <span className="mono">{column.name}</span>
                </td>
                <td>
                  <Change column={column} />
                </td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </Panel>
  );
}

function Change({ column }: { column: ComparedColumn }) {
  const t = useTranslations('compare.columns');
  const { change, fromType, toType, formerName, isMoved } = column;
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      {change === 'added' && t('added', { type: toType ?? '' })}
      {change === 'removed' && t('removed', { type: fromType ?? '' })}
      {change === 'retyped' && (
        <span className="mono">
          {fromType} → {toType}
        </span>
      )}
      {formerName !== undefined && <span>{t('renamed', { name: formerName })}</span>}
      {isMoved && <Tag>{t('moved')}</Tag>}
    </span>
  );
}
