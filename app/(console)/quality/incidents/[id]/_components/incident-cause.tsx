import type { Route } from 'next';
import Link from 'next/link';
import { getLocale, getTranslations } from 'next-intl/server';
import { RuleReason } from '@/app/(console)/datasets/[name]/quality/_components/rule-reason';
import { metricValue } from '@/app/(console)/quality/_components/metric-text';
import { LinkButton } from '@/components/ui/button';
import { formatNumber, formatShare } from '@/lib/format/number';
import type { IncidentDetail } from '@/lib/quality/incidents/schemas';
import { routes } from '@/lib/routes';

/** What the last evaluation that found it said, with the way to its rows. */
export async function IncidentCause({ incident }: { incident: IncidentDetail }) {
  const t = await getTranslations('incidents');
  const { kind, table, subject, evaluationId } = incident;
  return (
    <div className="grid gap-3">
      {kind === 'rule' && <RuleCause incident={incident} />}
      {kind === 'held' && <HeldCause incident={incident} />}
      {kind === 'anomaly' && <AnomalyCause incident={incident} />}
      <div className="flex flex-wrap gap-2">
        {kind === 'rule' && (
          <LinkButton
            variant="primary"
            href={routes.datasetQuality(table, { evaluation: evaluationId, rule: subject })}
          >
            {t('showRows')}
          </LinkButton>
        )}
        {kind === 'anomaly' && subject !== 'Schema' && (
          <LinkButton variant="primary" href={`${routes.quality({ table, metric: subject })}#anomalies`}>
            {t('showBand')}
          </LinkButton>
        )}
        {kind === 'held' && <LinkButton href={routes.file({ zone: 'raw', key: subject })}>{t('showFile')}</LinkButton>}
        <LinkButton href={routes.datasetQuality(table, { evaluation: evaluationId })}>{t('showEvaluation')}</LinkButton>
      </div>
    </div>
  );
}

async function RuleCause({ incident: { facts } }: { incident: IncidentDetail }) {
  const t = await getTranslations('incidents');
  const locale = await getLocale();
  const { failingRows, checkedRows, message } = facts;
  return (
    <div className="grid gap-1">
      {failingRows !== undefined && checkedRows !== undefined && (
        <p>
          {t('rowsBreak', {
            count: failingRows,
            total: formatNumber(checkedRows, locale),
            share: formatShare(checkedRows ? failingRows / checkedRows : 0, locale),
          })}
        </p>
      )}
      {message && (
        <p className="muted break-words">
          <RuleReason outcome={facts} />
        </p>
      )}
    </div>
  );
}

async function HeldCause({ incident: { facts, table, evaluationId, resolvedAt } }: { incident: IncidentDetail }) {
  const t = await getTranslations('incidents');
  return (
    <div className="grid gap-1">
      <p>{t(resolvedAt ? 'heldBecauseThen' : 'heldBecause', { count: facts.rules?.length ?? 0 })}</p>
      <ul className="grid gap-1">
        {facts.rules?.map((rule) => (
          <li key={rule}>
            <Link
              className="mono break-words"
              href={routes.datasetQuality(table, { evaluation: evaluationId, rule }) as Route}
            >
              {rule}
            </Link>
          </li>
        ))}
      </ul>
      {!resolvedAt && <p className="muted">{t('heldTodo')}</p>}
    </div>
  );
}

async function AnomalyCause({ incident: { facts, subject } }: { incident: IncidentDetail }) {
  const t = await getTranslations('incidents');
  const locale = await getLocale();
  const { value, lower, upper, points, changes } = facts;
  const n = (amount: number | undefined) => (amount === undefined ? '–' : metricValue(subject, amount, locale));
  if (changes) {
    return (
      <ul className="grid gap-1">
        {changes.map(({ column, before, after }) => (
          <li key={column} className="mono break-words">
            {column}: {before ?? '–'} → {after ?? '–'}
          </li>
        ))}
      </ul>
    );
  }
  return (
    <p>
      {t('outside', { value: n(value), lower: n(lower), upper: n(upper) })}{' '}
      {points !== undefined && <span className="muted">{t('fromPoints', { count: points })}</span>}
    </p>
  );
}
