import type { Route } from 'next';
import Link from 'next/link';
import { getLocale, getTranslations } from 'next-intl/server';
import { SparkLine } from '@/components/chart/spark-line';
import { Panel } from '@/components/ui/panel';
import { State } from '@/components/ui/state';
import { Table } from '@/components/ui/table';
import { RelativeTime } from '@/components/ui/time';
import { formatNumber } from '@/lib/format/number';
import type { TableQuality } from '@/lib/languages/quality/figures.ts';
import { VERDICT_STATE } from '@/lib/quality/verdict-state';
import { routes } from '@/lib/routes';

/** Every table of the lake with its score, the lowest first; those that nobody has checked last. */
export async function DatasetScores({ tables }: { tables: readonly TableQuality[] }) {
  const t = await getTranslations('quality');
  const locale = await getLocale();
  return (
    <Panel isFlush title={t('byDataset')}>
      <Table label={t('byDataset')}>
        <thead>
          <tr>
            <th scope="col">{t('dataset')}</th>
            <th scope="col" className="num">
              {t('score')}
            </th>
            <th scope="col">{t('trend')}</th>
            <th scope="col">{t('lastCheck')}</th>
            <th scope="col" className="num">
              {t('failing')}
            </th>
            <th scope="col" className="num">
              {t('rows')}
            </th>
            <th scope="col">{t('when')}</th>
          </tr>
        </thead>
        <tbody>
          {tables.map((each) => (
            <tr key={each.table}>
              <td>
                <Link className="mono" href={routes.datasetQuality(each.table) as Route}>
                  {each.table}
                </Link>
              </td>
              <td className="num">{each.score === undefined ? '–' : formatNumber(each.score * 100, locale, 1)}</td>
              <td>
                <SparkLine values={each.trend.map(({ score }) => score)} low={0.9} high={1} />
              </td>
              <td>
                {each.verdict ? (
                  <State state={VERDICT_STATE[each.verdict]}>{t(`verdict.${each.verdict}`)}</State>
                ) : (
                  <State state="waiting">{t('neverChecked')}</State>
                )}
              </td>
              <td className="num">
                {each.rules === 0 ? '–' : t('ofRules', { failing: each.failing, rules: each.rules })}
              </td>
              <td className="num">{formatNumber(each.rows, locale)}</td>
              <td className="muted">
                <RelativeTime value={each.at} />
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}
