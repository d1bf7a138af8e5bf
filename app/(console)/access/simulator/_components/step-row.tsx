import { useTranslations } from 'next-intl';
import { JsonView } from '@/components/table/json-view';
import { Tag } from '@/components/ui/tag';
import type { ExplanationStep } from '@/lib/languages/iam-policy/explanation.ts';
import { elementsOf } from './statement-elements';

/** One statement: whether it is about the request, and else by which part of it not. */
export function StepRow({ step, statement }: { step: ExplanationStep; statement: string }) {
  const t = useTranslations('access.simulator.steps');
  const name = step.sid ?? t('nth', { number: step.index + 1 });
  return (
    <li className="grid grid-cols-[minmax(0,1fr)] gap-1">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <Tag isOn={step.outcome === 'applies'}>{t(step.outcome === 'applies' ? 'applies' : 'not')}</Tag>
        <span className="mono">{name}</span>
        <span className="faint text-xs">
          {t(step.effect)} · <span className="mono">{step.policy}</span>
        </span>
      </p>
      <details>
        <summary className="muted cursor-pointer text-xs [overflow-wrap:anywhere]">
          <Reason step={step} statement={statement} />
        </summary>
        {statement && (
          <div className="box mt-1 overflow-hidden">
            <JsonView label={name} text={statement} />
          </div>
        )}
      </details>
    </li>
  );
}

function Reason({ step, statement }: { step: ExplanationStep; statement: string }) {
  const t = useTranslations('access.simulator.steps');
  const mono = (chunks: React.ReactNode) => <span className="mono">{chunks}</span>;
  const { outcome, condition } = step;
  if (outcome === 'applies') return step.isLeftToAccount ? t('leftToAccount') : t('isAbout');
  if (outcome === 'condition') {
    const { operator = '', key = '', wanted = [], found = [] } = condition ?? {};
    return t.rich(found.length > 0 ? 'condition' : 'conditionAbsent', {
      operator,
      key,
      wanted: wanted.join(', '),
      found: found.join(', '),
      mono,
    });
  }
  const { values, isNot } = elementsOf(statement, outcome);
  return t.rich(isNot ? `${outcome}Not` : outcome, { values: values.join(', '), mono });
}
