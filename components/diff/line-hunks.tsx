'use client';
import clsx from 'clsx';
import { useTranslations } from 'next-intl';
import { Fragment } from 'react';
import { Table } from '@/components/ui/table';
import type { DiffLine } from '@/lib/languages/compare/comparison.ts';
import styles from './diff.module.css';
import { DiffMark } from './diff-mark';

/** Lines that differ, in one column, with those around them. */
export function LineHunks({ label, hunks }: { label: string; hunks: readonly DiffLine[][] }) {
  const t = useTranslations('compare.text');
  return (
    <Table label={label}>
      <thead className="sr-only">
        <tr>
          <th scope="col">{t('from')}</th>
          <th scope="col">{t('to')}</th>
          <th scope="col">{t('line')}</th>
        </tr>
      </thead>
      <tbody>
        {hunks.map((hunk, index) => (
          <Fragment key={`${hunk[0]?.from} ${hunk[0]?.to}`}>
            {index > 0 && (
              <tr className={styles.gap}>
                <td colSpan={3}>⋯</td>
              </tr>
            )}
            {hunk.map((line) => (
              <Line key={`${line.from} ${line.to}`} line={line} />
            ))}
          </Fragment>
        ))}
      </tbody>
    </Table>
  );
}

function Line({ line: { kind, from, to, text } }: { line: DiffLine }) {
  const changed = kind === 'same' ? undefined : kind;
  return (
    <tr className={clsx(styles.row, styles.text, changed && styles[changed])}>
      <td className={styles.number}>{from}</td>
      <td className={styles.number}>{to}</td>
      <td className={styles.line}>
        <DiffMark kind={changed} /> {text}
      </td>
    </tr>
  );
}
