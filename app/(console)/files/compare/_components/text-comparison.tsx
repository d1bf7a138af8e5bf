'use client';
import { useTranslations } from 'next-intl';
import { LineHunks } from '@/components/diff/line-hunks';
import { Amount } from '@/components/ui/amount';
import { Panel } from '@/components/ui/panel';
import type { TextComparison } from '@/lib/languages/compare/comparison.ts';

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
      {hunks.length > 0 && <LineHunks label={t('title')} hunks={hunks} />}
      {isExact && hiddenLines > 0 && <p className="faint px-4 py-2 text-xs">{t('hidden', { count: hiddenLines })}</p>}
    </Panel>
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
