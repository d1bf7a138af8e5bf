'use client';
import { ListFilter } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { useRuleMessage } from '@/components/quality/use-rule-message';
import { Amount } from '@/components/ui/amount';
import { LinkButton } from '@/components/ui/button';
import { State } from '@/components/ui/state';
import { Table } from '@/components/ui/table';
import { formatNumber, formatShare } from '@/lib/format/number';
import {
  type Anomaly,
  type QualityEvaluation,
  type RuleOutcome,
  type RulesetOutcome,
  scoreOf,
} from '@/lib/languages/quality/evaluation.ts';
import { VERDICT_STATE } from '@/lib/quality/verdict-state';
import { routes } from '@/lib/routes';

/** What the rules of the table said of the file: the score, the rules that failed, and what is unusual. */
export function RunQuality({ quality }: { quality: QualityEvaluation }) {
  const t = useTranslations('runs.quality');
  const failing = quality.rulesets.flatMap(failingOf);
  return (
    <section aria-labelledby="quality" className="border-line border-b">
      <div className="ph">
        <h2 id="quality">{t('title')}</h2>
        <State state={VERDICT_STATE[quality.verdict]}>{t(`verdict.${quality.verdict}`)}</State>
        <span className="grow" />
        <LinkButton size="sm" icon={ListFilter} href={routes.datasetQuality(quality.table, { evaluation: quality.id })}>
          {t(failing.some(({ outcome }) => outcome.failingRows) ? 'failingRows' : 'open')}
        </LinkButton>
      </div>
      <Score quality={quality} />
      {failing.length > 0 && <FailingRules rules={failing} />}
      {quality.anomalies.length > 0 && <Anomalies anomalies={quality.anomalies} />}
    </section>
  );
}

function Score({ quality }: { quality: QualityEvaluation }) {
  const t = useTranslations('runs.quality');
  const locale = useLocale();
  const { learning, override } = quality;
  const outcomes = quality.rulesets.flatMap((ruleset) => ruleset.outcomes);
  const passed = outcomes.filter(({ result }) => result === 'PASS').length;
  return (
    <div className="muted grid gap-1 px-4 py-3">
      <p>
        {outcomes.length === 0 ? (
          <>
            {t('noRules')} <Link href={routes.datasetQuality(quality.table) as Route}>{t('addRules')}</Link>
          </>
        ) : (
          <>
            <b className="tabular-nums">{formatShare(scoreOf(quality), locale)}</b>{' '}
            {t('rules', { passed, count: outcomes.length })}
          </>
        )}
      </p>
      {learning && <p>{t('learning', learning)}</p>}
      {override && (
        <p>
          {t('override', { by: override.by })} <q>{override.reason}</q>{' '}
          <Link href={routes.run(override.execution) as Route}>{t('heldRun')}</Link>
        </p>
      )}
    </div>
  );
}

interface FailingRule {
  ruleset: RulesetOutcome;
  outcome: RuleOutcome;
}

function failingOf(ruleset: RulesetOutcome): FailingRule[] {
  return ruleset.outcomes.filter(({ result }) => result !== 'PASS').map((outcome) => ({ ruleset, outcome }));
}

function FailingRules({ rules }: { rules: FailingRule[] }) {
  const t = useTranslations('runs.quality');
  const messageOf = useRuleMessage();
  return (
    <Table label={t('failing')}>
      <thead>
        <tr>
          <th scope="col">{t('rule')}</th>
          <th scope="col">{t('gate')}</th>
          <th scope="col" className="w-full">
            {t('why')}
          </th>
          <th scope="col" className="num">
            {t('rows')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rules.map(({ ruleset, outcome }) => (
          <tr key={`${ruleset.name} ${outcome.rule}`}>
            <td className="mono min-w-40 !whitespace-normal">{outcome.rule}</td>
            <td>{t(`gates.${ruleset.gate}`)}</td>
            <td className="min-w-48 !whitespace-normal">
              {outcome.result === 'ERROR' && <b className="font-medium">{t('error')} </b>}
              {messageOf(outcome)}
            </td>
            <td className="num">
              <Amount value={outcome.failingRows} />
              {outcome.checkedRows !== undefined && (
                <span className="faint">
                  {' / '}
                  <Amount value={outcome.checkedRows} />
                </span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function Anomalies({ anomalies }: { anomalies: readonly Anomaly[] }) {
  const t = useTranslations('runs.quality');
  const locale = useLocale();
  const text = (value: number | undefined) => formatNumber(value, locale, 3);
  return (
    <div className="px-4 py-3">
      <h3 className="font-medium">{t('unusual')}</h3>
      <ul className="grid gap-1">
        {anomalies.map(({ metric, value, lower, upper, points, changes = [] }) => (
          <li key={metric}>
            <span className="mono">{metric}</span>{' '}
            {metric === 'Schema' ? (
              changes.map(({ column }) => column).join(', ')
            ) : (
              <span className="muted">
                {t('band', { value: text(value), lower: text(lower), upper: text(upper), points })}
              </span>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The rows are in the table, and nobody knows yet whether they keep its rules. */
export function QualityUnknown({ table, reason }: { table: string | undefined; reason: string | undefined }) {
  const t = useTranslations('runs.quality');
  return (
    <section aria-labelledby="quality" className="border-line border-b">
      <div className="ph">
        <h2 id="quality">{t('title')}</h2>
        <State state="failed">{t('unknown')}</State>
      </div>
      <p className="muted px-4 py-3">
        {t('unknownBody')} {reason && <span className="break-words">{reason}</span>}{' '}
        {table && <Link href={routes.datasetQuality(table) as Route}>{t('checkAgain')}</Link>}
      </p>
    </section>
  );
}
