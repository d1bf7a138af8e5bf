'use client';
import clsx from 'clsx';
import { useTranslations } from 'next-intl';
import { Fragment } from 'react';
import { Amount } from '@/components/ui/amount';
import { Panel } from '@/components/ui/panel';
import { Table } from '@/components/ui/table';
import type { DiffLine, TextComparison } from '@/lib/languages/compare/comparison.ts';
import styles from './diff.module.css';
import { DiffMark } from './diff-mark';

/** The lines that differ, in one column, with those around them. */
export function TextComparisonView({ comparison }: { comparison: TextComparison }) {
  const t = useTranslations('compare.text');
  const { lines, hunks, hiddenLines, isExact } = comparison;
  const isSame = lines.added + lines.removed === 0;
  return (
    <Panel
      isFlush
      title={t('title')}
      aside={
        <>
          +<Amount value={lines.added} /> −<Amount value={lines.removed} />
        </>
      }
    >
      <Notes comparison={comparison} />
      {isSame && <p className="pb">{t('same')}</p>}
      {!isExact && <p className="pb">{t('rough')}</p>}
      {hunks.length > 0 && (
        <Table label={t('title')}>
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
      )}
      {isExact && hiddenLines > 0 && <p className="faint px-4 py-2 text-xs">{t('hidden', { count: hiddenLines })}</p>}
    </Panel>
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

/** What differs beside the lines. */
function Notes({ comparison: { lineEnds, encodings } }: { comparison: TextComparison }) {
  const t = useTranslations('compare.text');
  const hasOtherEnds = lineEnds.from !== lineEnds.to && lineEnds.from !== 'none' && lineEnds.to !== 'none';
  const notes = [
    hasOtherEnds && t('lineEnds', { from: t(`ends.${lineEnds.from}`), to: t(`ends.${lineEnds.to}`) }),
    encodings.from !== encodings.to && t('encodings', encodings),
  ].filter((note) => note !== false);
  if (notes.length === 0) return null;
  return <p className="muted border-line border-b px-4 py-2">{notes.join(' ')}</p>;
}
