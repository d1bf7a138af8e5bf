import type { Route } from 'next';
import Link from 'next/link';
import { getLocale, getTranslations } from 'next-intl/server';
import { Bytes, Duration } from '@/components/ui/amount';
import { LinkButton } from '@/components/ui/button';
import { Facts } from '@/components/ui/facts';
import { Panel } from '@/components/ui/panel';
import { Pill } from '@/components/ui/state';
import { Count } from '@/components/ui/tag';
import { RelativeTime } from '@/components/ui/time';
import { formatNumber } from '@/lib/format/number';
import { type QualityEvaluation, scoreOf } from '@/lib/languages/quality/evaluation.ts';
import type { TableQualityDetail } from '@/lib/quality/get-table-quality';
import { VERDICT_STATE } from '@/lib/quality/verdict-state';
import { routes } from '@/lib/routes';
import { CheckTable } from './check-table';

interface EvaluationHeadProps {
  quality: TableQualityDetail;
  evaluation: QualityEvaluation;
}

/** What the evaluation came to, when, and why it was made. */
export async function EvaluationHead({ quality, evaluation }: EvaluationHeadProps) {
  const t = await getTranslations('tableQuality');
  const tq = await getTranslations('quality');
  const { verdict, table } = evaluation;
  const isOld = quality.history[0] !== undefined && quality.history[0].id !== evaluation.id;
  return (
    <>
      <div className="head flex-wrap">
        <h2 className="text-lg">{t(isOld ? 'earlier' : 'last')}</h2>
        <Pill state={VERDICT_STATE[verdict]}>{tq(`verdict.${verdict}`)}</Pill>
        <span className="grow" />
        {isOld && <LinkButton href={routes.datasetQuality(table)}>{t('toLast')}</LinkButton>}
        {quality.openIncidents > 0 && (
          <LinkButton href={routes.incidents({ table })}>
            {tq('incidents')} <Count>{quality.openIncidents}</Count>
          </LinkButton>
        )}
        <CheckTable table={table} />
      </div>
      <Panel>
        <EvaluationFacts evaluation={evaluation} />
      </Panel>
    </>
  );
}

async function EvaluationFacts({ evaluation }: { evaluation: QualityEvaluation }) {
  const t = await getTranslations('tableQuality');
  const tq = await getTranslations('quality');
  const locale = await getLocale();
  const { trigger, by, execution, source, evaluatedAt, metrics, scannedBytes, durationMs, rulesets, learning } =
    evaluation;
  const score = scoreOf(evaluation);
  const outcomes = rulesets.flatMap((ruleset) => ruleset.outcomes);
  const passed = outcomes.filter(({ result }) => result === 'PASS').length;
  return (
    <div className="grid gap-2">
      <Facts
        items={[
          { label: tq('score'), value: score === undefined ? '–' : formatNumber(score * 100, locale, 1) },
          { label: t('rulesPassed'), value: t('of', { part: passed, whole: outcomes.length }) },
          { label: tq('rows'), value: formatNumber(metrics['Dataset.*.RowCount'], locale) },
          { label: t('checkedAt'), value: <RelativeTime value={evaluatedAt} /> },
          {
            label: t('because'),
            value: execution ? (
              <Link href={routes.run(execution) as Route}>{t(`trigger.${trigger}`)}</Link>
            ) : (
              t(`trigger.${trigger}`)
            ),
          },
          ...(by ? [{ label: t('by'), value: by }] : []),
          ...(source
            ? [
                {
                  label: t('file'),
                  value: (
                    <Link
                      className="mono"
                      href={routes.file({ zone: 'raw', key: source.key, version: source.versionId }) as Route}
                    >
                      {source.key}
                    </Link>
                  ),
                },
              ]
            : []),
          { label: t('scanned'), value: <Bytes value={scannedBytes} /> },
          { label: t('took'), value: <Duration value={durationMs} /> },
        ]}
      />
      {(evaluation.verdict === 'held' || evaluation.verdict === 'quarantined') && (
        <p className="muted">{t(`explained.${evaluation.verdict}`)}</p>
      )}
      {learning && <p className="muted text-xs">{tq('learning', learning)}</p>}
    </div>
  );
}
