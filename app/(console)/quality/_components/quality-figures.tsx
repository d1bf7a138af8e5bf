import type { Route } from 'next';
import Link from 'next/link';
import { getLocale, getTimeZone, getTranslations } from 'next-intl/server';
import { type ReactNode, Suspense } from 'react';
import { Panel } from '@/components/ui/panel';
import { formatNumber, formatShare } from '@/lib/format/number';
import type { DimensionFigure } from '@/lib/languages/quality/figures.ts';
import { load } from '@/lib/page';
import { countRuns } from '@/lib/quality';
import { routes } from '@/lib/routes';
import type { QualitySearch } from '../search-params';

interface QualityFiguresProps {
  dimensions: readonly DimensionFigure[];
  anomalies: number;
  search: QualitySearch;
}

/** What the score is made of, and what the pipeline did; each figure opens what it counts. */
export async function QualityFigures({ dimensions, anomalies, search }: QualityFiguresProps) {
  const t = await getTranslations('quality');
  const locale = await getLocale();
  return (
    <Panel>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-3 lg:grid-cols-6">
        {dimensions.map(({ dimension, part, whole }) => {
          const href =
            dimension === 'completeness' ? '#missing' : `${routes.quality({ ...search, dimension })}#failing`;
          const facts = { part: formatNumber(part, locale), whole: formatNumber(whole, locale) };
          return (
            <Figure
              key={dimension}
              label={t(`dimension.${dimension}`)}
              note={whole === 0 ? t('noRuleYet') : t(dimension === 'completeness' ? 'cells' : 'passing', facts)}
            >
              {whole === 0 ? '–' : <Link href={href as Route}>{formatShare(shareOf(part, whole), locale)}</Link>}
            </Figure>
          );
        })}
        <Figure label={t('anomaliesFound')} note={t('inDays', { count: Number(search.days) })}>
          <a href="#anomalies">{formatNumber(anomalies, locale)}</a>
        </Figure>
        <Suspense
          fallback={
            <Figure label={t('runs')} note=" ">
              –
            </Figure>
          }
        >
          <Runs days={search.days} />
        </Suspense>
      </dl>
    </Panel>
  );
}

/** Never a round 100% where something is missing. */
function shareOf(part: number, whole: number): number {
  const share = part / whole;
  return part < whole ? Math.min(share, 0.999) : share;
}

async function Runs({ days }: { days: QualitySearch['days'] }) {
  const t = await getTranslations('quality');
  const locale = await getLocale();
  const result = await load(countRuns, { days, timeZone: await getTimeZone() });
  if (!result.ok)
    return (
      <Figure label={t('runs')} note={result.error.message}>
        –
      </Figure>
    );
  const { succeeded, failed, rejected, isCut } = result.data;
  const n = (value: number) => formatNumber(value, locale);
  return (
    <Figure label={t('runs')} note={t(isCut ? 'runsCut' : 'runsFailed', { failed: n(failed), rejected: n(rejected) })}>
      <Link href={routes.runs() as Route}>{t('runsOk', { count: n(succeeded) })}</Link>
    </Figure>
  );
}

function Figure({ label, note, children }: { label: string; note: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="faint text-xs">{label}</dt>
      <dd className="font-semibold text-lg">{children}</dd>
      <dd className="muted text-xs">{note}</dd>
    </div>
  );
}
