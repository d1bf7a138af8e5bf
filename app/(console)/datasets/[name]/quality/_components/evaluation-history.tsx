import type { Route } from 'next';
import Link from 'next/link';
import { getLocale, getTimeZone, getTranslations } from 'next-intl/server';
import { SparkLine } from '@/components/chart/spark-line';
import { Panel } from '@/components/ui/panel';
import { State } from '@/components/ui/state';
import { Table } from '@/components/ui/table';
import { formatNumber } from '@/lib/format/number';
import { formatTime } from '@/lib/format/time';
import type { TableQualityDetail } from '@/lib/quality/get-table-quality';
import { VERDICT_STATE } from '@/lib/quality/verdict-state';
import { routes } from '@/lib/routes';

/** The evaluations before, the newest first, with the shape of the score over them. */
export async function EvaluationHistory({ quality, shown }: { quality: TableQualityDetail; shown: string }) {
  const t = await getTranslations('tableQuality');
  const tq = await getTranslations('quality');
  const [locale, timeZone] = [await getLocale(), await getTimeZone()];
  const { history, table } = quality;
  return (
    <Panel isFlush title={t('history')} actions={<SparkLine values={history.map(({ score }) => score).toReversed()} />}>
      <div className="max-h-72 overflow-y-auto">
        <Table label={t('history')}>
          <thead>
            <tr>
              <th scope="col">{tq('when')}</th>
              <th scope="col">{t('result')}</th>
              <th scope="col" className="num">
                {tq('score')}
              </th>
              <th scope="col">{t('because')}</th>
              <th scope="col">{t('file')}</th>
            </tr>
          </thead>
          <tbody>
            {history.map(({ id, at, verdict, score, trigger, by, sourceKey }) => (
              <tr key={id} className={id === shown ? 'sel' : undefined}>
                <td>
                  <Link
                    href={routes.datasetQuality(table, { evaluation: id }) as Route}
                    aria-current={id === shown ? 'true' : undefined}
                  >
                    {formatTime(new Date(at), { locale, timeZone, withSeconds: true })}
                  </Link>
                </td>
                <td>
                  <State state={VERDICT_STATE[verdict]}>{tq(`verdict.${verdict}`)}</State>
                </td>
                <td className="num">{score === null ? '–' : formatNumber(score * 100, locale, 1)}</td>
                <td className="muted">{by ?? t(`trigger.${trigger}`)}</td>
                <td className="mono muted max-w-[20rem] truncate">{sourceKey ?? '–'}</td>
              </tr>
            ))}
          </tbody>
        </Table>
      </div>
    </Panel>
  );
}
