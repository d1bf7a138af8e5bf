'use client';
import clsx from 'clsx';
import { useTranslations } from 'next-intl';
import styles from '@/components/diff/diff.module.css';
import { DiffMark } from '@/components/diff/diff-mark';
import { Amount } from '@/components/ui/amount';
import { Null, Table } from '@/components/ui/table';
import type { Cell, ComparedColumn, RowSample } from '@/lib/languages/compare/comparison.ts';
import { columnKind } from '@/lib/query/column-kind';

interface RowSamplesProps {
  kind: 'added' | 'removed' | 'changed';
  columns: readonly ComparedColumn[];
  samples: readonly RowSample[];
  /** Of all rows of the class. */
  total: number;
}

/** The first rows of a class; a changed row has, in each cell that differs, the older value and the newer one. */
export function RowSamples({ kind, columns, samples, total }: RowSamplesProps) {
  const t = useTranslations('compare.rows');
  return (
    <>
      <Table label={t(kind)}>
        <thead>
          <tr>
            <th scope="col" className="num">
              {t('row')}
            </th>
            {columns.map((column) => (
              <th key={column.name} scope="col" className={isNumber(column) ? 'num' : undefined}>
                {column.name}
                {column.isKey && <span className="faint"> {t('key')}</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {samples.map((sample) => (
            <tr key={sample.row} className={clsx(styles.row, kind !== 'changed' && styles[kind])}>
              <td className="num">
                <DiffMark kind={kind} /> <Amount value={sample.row} />
              </td>
              {columns.map((column, index) => (
                <SampleCell key={column.name} sample={sample} column={column} index={index} />
              ))}
            </tr>
          ))}
        </tbody>
      </Table>
      {samples.length < total && (
        <p className="faint px-4 py-2 text-xs">{t('first', { shown: samples.length, count: total })}</p>
      )}
    </>
  );
}

const isNumber = (column: ComparedColumn) => columnKind(column.toType ?? column.fromType ?? '') === 'number';

function SampleCell({ sample, column, index }: { sample: RowSample; column: ComparedColumn; index: number }) {
  const isChanged = sample.changed?.includes(index);
  const value = sample.to?.[index] ?? sample.from?.[index] ?? null;
  const className = clsx(styles.cell, isNumber(column) && 'num');
  if (!isChanged) return <td className={className}>{shownCell(value)}</td>;
  return (
    <td className={clsx(className, 'changed')}>
      <span className={styles.removed}>
        <DiffMark kind="removed" /> <del className="no-underline">{shownCell(sample.from?.[index] ?? null)}</del>
      </span>
      <br />
      <span className={styles.added}>
        <DiffMark kind="added" /> <ins className="no-underline">{shownCell(sample.to?.[index] ?? null)}</ins>
      </span>
    </td>
  );
}

const shownCell = (cell: Cell) => cell ?? <Null />;
