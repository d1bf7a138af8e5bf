import { useTranslations } from 'next-intl';
import { State, type StateName } from '@/components/ui/state';
import type { ShownStatement } from '@/lib/access/decision-schemas';
import type { PlacedStep, Stage } from '@/lib/access/reason-stages';
import { StepRow } from './step-row';

const STATES: Record<Stage['verdict'], StateName> = {
  denied: 'failed',
  missing: 'failed',
  allowed: 'succeeded',
  open: 'waiting',
  none: 'stopped',
};

interface StageListProps {
  stages: readonly Stage[];
  /** Of each step. */
  statements: readonly ShownStatement[];
  roleName: string;
}

/** The chain of reasoning: the questions in AWS's order, each with the statements that were looked at for it. */
export function StageList({ stages, statements, roleName }: StageListProps) {
  return (
    <ol className="grid grid-cols-[minmax(0,1fr)]">
      {stages.map((stage, index) => (
        <li
          key={stage.name}
          className="grid grid-cols-[minmax(0,1fr)] gap-2 border-line border-b px-4 py-3 last:border-b-0"
        >
          <StageHead stage={stage} number={index + 1} />
          {stage.near.length > 0 && (
            <ul className="grid grid-cols-[minmax(0,1fr)] gap-2 pl-5">
              {stage.near.map(({ step, place }) => (
                <StepRow key={place} step={step} statement={statements[place]} roleName={roleName} />
              ))}
            </ul>
          )}
          {stage.far.length > 0 && <OtherActions steps={stage.far} statements={statements} roleName={roleName} />}
        </li>
      ))}
    </ol>
  );
}

function StageHead({ stage: { name, verdict }, number }: { stage: Stage; number: number }) {
  const t = useTranslations('access.simulator.stages');
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <h3 className="font-medium">
        <span className="faint">{number}.</span> {t(`${name}.name`)}
      </h3>
      <State state={STATES[verdict]}>{t(`verdicts.${verdict}`)}</State>
      <span className="muted text-xs">{t(`${name}.${verdict === 'none' ? 'none' : 'means'}`)}</span>
    </div>
  );
}

/** Statements about something else altogether: counted, and there for who wants to see them. */
function OtherActions({
  steps,
  statements,
  roleName,
}: { steps: readonly PlacedStep[] } & Omit<StageListProps, 'stages'>) {
  const t = useTranslations('access.simulator.stages');
  return (
    <details className="pl-5">
      <summary className="muted cursor-pointer text-xs">{t('others', { count: steps.length })}</summary>
      <ul className="grid grid-cols-[minmax(0,1fr)] gap-2 pt-2">
        {steps.map(({ step, place }) => (
          <StepRow key={place} step={step} statement={statements[place]} roleName={roleName} />
        ))}
      </ul>
    </details>
  );
}
