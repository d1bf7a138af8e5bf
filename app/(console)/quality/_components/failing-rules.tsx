import type { Route } from 'next';
import Link from 'next/link';
import { getLocale, getTranslations } from 'next-intl/server';
import { Panel } from '@/components/ui/panel';
import { StateIcon } from '@/components/ui/state';
import { Table } from '@/components/ui/table';
import { Count, Tag } from '@/components/ui/tag';
import { RelativeTime } from '@/components/ui/time';
import { formatNumber, formatShare } from '@/lib/format/number';
import type { FailingRule } from '@/lib/languages/quality/figures.ts';
import { routes } from '@/lib/routes';
import type { QualitySearch } from '../search-params';

/** Rules that the last evaluation of a table found broken; each opens the rows that break it. */
export async function FailingRules({ rules, search }: { rules: readonly FailingRule[]; search: QualitySearch }) {
  const t = await getTranslations('quality');
  const { dimension, ...rest } = search;
  const shown = dimension ? rules.filter((rule) => rule.dimension === dimension) : rules;
  return (
    <div id="failing">
      <Panel
        isFlush
        title={
          <>
            {t('failingRules')} <Count>{shown.length}</Count>
          </>
        }
        actions={
          dimension && (
            <Link className="btn ghost sm" href={`${routes.quality(rest)}#failing` as Route}>
              {t('allDimensions', { dimension: t(`dimension.${dimension}`) })}
            </Link>
          )
        }
      >
        {shown.length === 0 ? (
          <p className="muted px-4 py-3">{t(dimension ? 'nothingFailsOf' : 'nothingFails')}</p>
        ) : (
          <Table label={t('failingRules')}>
            <thead>
              <tr>
                <th scope="col">{t('rule')}</th>
                <th scope="col">{t('dataset')}</th>
                <th scope="col" className="num">
                  {t('rows')}
                </th>
                <th scope="col" className="num">
                  {t('share')}
                </th>
                <th scope="col">{t('gate')}</th>
                <th scope="col">{t('since')}</th>
                <th scope="col">{t('owner')}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((rule) => (
                <Row key={`${rule.table} ${rule.ruleset} ${rule.rule}`} rule={rule} />
              ))}
            </tbody>
          </Table>
        )}
      </Panel>
    </div>
  );
}

async function Row({ rule }: { rule: FailingRule }) {
  const t = await getTranslations('quality');
  const locale = await getLocale();
  const { failingRows, checkedRows, result, table, evaluationId } = rule;
  const rows = routes.datasetQuality(table, { evaluation: evaluationId, rule: rule.rule });
  return (
    <tr>
      <td className="max-w-[34rem]">
        <Link href={rows as Route} className="flex min-w-0 items-center gap-2" title={rule.message}>
          <StateIcon state={result === 'ERROR' ? 'failed' : 'rejected'} />
          <span className="sr-only">{t(`result.${result}`)} </span>
          <span className="mono truncate">{rule.rule}</span>
        </Link>
      </td>
      <td>
        <Link className="mono" href={routes.datasetQuality(table) as Route}>
          {table}
        </Link>
      </td>
      <td className="num">
        {failingRows === undefined ? '–' : <Link href={rows as Route}>{formatNumber(failingRows, locale)}</Link>}
      </td>
      <td className="num">
        {failingRows === undefined || !checkedRows ? '–' : formatShare(failingRows / checkedRows, locale)}
      </td>
      <td>
        <Tag>{t(`gates.${rule.gate}`)}</Tag>
      </td>
      <td className="muted">
        {rule.incidentId ? (
          <Link href={routes.incident(rule.incidentId) as Route}>
            <RelativeTime value={rule.since} />
          </Link>
        ) : (
          <RelativeTime value={rule.since} />
        )}
      </td>
      <td className="muted">{rule.assignee ?? '–'}</td>
    </tr>
  );
}
