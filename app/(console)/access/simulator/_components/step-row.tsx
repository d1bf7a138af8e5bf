import type { Route } from 'next';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { StatementWords } from '@/components/access/statement-words';
import { JsonView } from '@/components/table/json-view';
import { Tag } from '@/components/ui/tag';
import type { ShownStatement } from '@/lib/access/decision-schemas';
import type { ExplanationStep } from '@/lib/languages/iam-policy/explanation.ts';
import { routes } from '@/lib/routes';
import { elementsOf } from './statement-elements';

interface StepRowProps {
  step: ExplanationStep;
  statement: ShownStatement | undefined;
  roleName: string;
}

/** One statement in words: whether it is about the request, and else by which part of it not. */
export function StepRow({ step, statement, roleName }: StepRowProps) {
  const t = useTranslations('access.simulator.steps');
  const { sid, index, policy, source, effect, outcome } = step;
  const name = <span className="mono">{sid ?? t('nth', { number: index + 1 })}</span>;
  const isOfRole = source === 'identity' || source === 'boundary';
  return (
    <li className="grid grid-cols-[minmax(0,1fr)] gap-1">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <Tag isOn={outcome === 'applies'}>{t(outcome === 'applies' ? 'applies' : 'not')}</Tag>
        {isOfRole ? <Link href={routes.role(roleName, { policy, index }) as Route}>{name}</Link> : name}
        <span className="faint text-xs">
          {t(effect)} · <span className="mono">{policy}</span>
        </span>
      </div>
      {statement && <StatementWords phrases={statement.phrases} />}
      <details>
        <summary className="muted cursor-pointer text-xs [overflow-wrap:anywhere]">
          <Reason step={step} statement={statement?.json ?? ''} />
        </summary>
        {statement && (
          <div className="code box mt-1 !p-0">
            <JsonView label={sid ?? policy} text={statement.json} />
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
