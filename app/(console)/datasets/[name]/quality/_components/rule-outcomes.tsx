import type { Route } from 'next';
import Link from 'next/link';
import { getLocale, getTranslations } from 'next-intl/server';
import { Panel } from '@/components/ui/panel';
import { State, type StateName } from '@/components/ui/state';
import { Table } from '@/components/ui/table';
import { Tag } from '@/components/ui/tag';
import { formatNumber, formatShare } from '@/lib/format/number';
import type { QualityEvaluation, RuleOutcome, RulesetOutcome } from '@/lib/languages/quality/evaluation.ts';
import { routes } from '@/lib/routes';
import { RuleReason } from './rule-reason';

const LOOK: Record<RuleOutcome['result'], StateName> = { PASS: 'succeeded', FAIL: 'rejected', ERROR: 'failed' };

/** Every rule with what came of it, those that fail first; the number of its rows opens them. */
export async function RuleOutcomes({
  evaluation,
  chosen,
}: {
  evaluation: QualityEvaluation;
  chosen: string | undefined;
}) {
  const t = await getTranslations('tableQuality');
  if (evaluation.rulesets.length === 0) {
    return (
      <Panel title={t('rules')}>
        <p className="muted">{t('noRules')}</p>
      </Panel>
    );
  }
  return evaluation.rulesets.map((ruleset) => (
    <Outcomes key={ruleset.name} ruleset={ruleset} evaluation={evaluation} chosen={chosen} />
  ));
}

interface OutcomesProps {
  ruleset: RulesetOutcome;
  evaluation: QualityEvaluation;
  chosen: string | undefined;
}

async function Outcomes({ ruleset, evaluation, chosen }: OutcomesProps) {
  const t = await getTranslations('tableQuality');
  const tq = await getTranslations('quality');
  const rules = ruleset.outcomes.toSorted((a, b) => Number(a.result === 'PASS') - Number(b.result === 'PASS'));
  return (
    <Panel
      isFlush
      title={<span className="mono">{ruleset.name}</span>}
      aside={t('ofRules', {
        passed: ruleset.outcomes.filter(({ result }) => result === 'PASS').length,
        count: ruleset.outcomes.length,
      })}
      actions={<Tag>{tq(`gates.${ruleset.gate}`)}</Tag>}
    >
      <Table label={t('rulesOf', { ruleset: ruleset.name })}>
        <thead>
          <tr>
            <th scope="col">{t('result')}</th>
            <th scope="col">{tq('rule')}</th>
            <th scope="col" className="num">
              {t('failingRows')}
            </th>
            <th scope="col" className="num">
              {tq('share')}
            </th>
            <th scope="col">{t('why')}</th>
          </tr>
        </thead>
        <tbody>
          {rules.map((outcome) => (
            <Outcome key={outcome.rule} outcome={outcome} evaluation={evaluation} isChosen={outcome.rule === chosen} />
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}

interface OutcomeProps {
  outcome: RuleOutcome;
  evaluation: QualityEvaluation;
  isChosen: boolean;
}

async function Outcome({ outcome, evaluation, isChosen }: OutcomeProps) {
  const t = await getTranslations('tableQuality');
  const tq = await getTranslations('quality');
  const locale = await getLocale();
  const { rule, result, failingRows, checkedRows, learning } = outcome;
  const href = `${routes.datasetQuality(evaluation.table, { evaluation: evaluation.id, rule })}#failing-rows` as Route;
  return (
    <tr className={isChosen ? 'sel' : undefined}>
      <td>
        <State state={LOOK[result]}>{tq(`result.${result}`)}</State>
      </td>
      <td className="mono max-w-[32rem] truncate" title={rule}>
        {rule}
      </td>
      <td className="num">
        {failingRows === undefined ? (
          '–'
        ) : failingRows === 0 ? (
          '0'
        ) : (
          <Link href={href} aria-label={t('showRowsOf', { count: failingRows, rule })}>
            {formatNumber(failingRows, locale)}
          </Link>
        )}
      </td>
      <td className="num">
        {failingRows === undefined || !checkedRows ? '–' : formatShare(failingRows / checkedRows, locale)}
      </td>
      <td className="muted max-w-[28rem]">
        {learning ? t('learning', learning) : result === 'PASS' ? '–' : <RuleReason outcome={outcome} />}
      </td>
    </tr>
  );
}
