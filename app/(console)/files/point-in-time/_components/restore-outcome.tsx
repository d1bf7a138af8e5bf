'use client';
import { Undo2 } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Failure } from '@/components/shell/failure';
import { Amount } from '@/components/ui/amount';
import { Button } from '@/components/ui/button';
import { Facts } from '@/components/ui/facts';
import { Panel } from '@/components/ui/panel';
import { ProgressBar } from '@/components/ui/progress';
import { Pill } from '@/components/ui/state';
import { Table } from '@/components/ui/table';
import { routes } from '@/lib/routes';
import type { EditableZone, RestoredFile } from '@/lib/storage/schemas';
import { failedOf, leftOf, undoOf } from './restore-attempt';
import type { Restore } from './use-restore';

/** As many problems as a person reads; the counts say how many there are. */
const PROBLEMS_SHOWN = 100;
const OUTCOMES = ['restored', 'deleted', 'unchanged', 'changed', 'failed'] as const;

/** How far a restore is, then what became of each file and what can be done about it. */
export function RestoreOutcome({ restore, zone }: { restore: Restore; zone: EditableZone }) {
  const t = useTranslations('pointInTime');
  const { attempt, isBusy, isStopping } = restore;
  if (!attempt) return null;
  const { wanted, results, isUndo, error } = attempt;
  if (isBusy) {
    const name = t(isUndo ? 'outcome.undoing' : 'progress');
    return (
      <Panel title={name}>
        <div className="grid gap-2" role="status">
          <ProgressBar label={name} share={results.length / Math.max(1, wanted.length)} state="running" />
          <div className="flex flex-wrap items-center gap-3">
            <span className="tabular-nums">{t('done', { done: results.length, total: wanted.length })}</span>
            <span className="grow" />
            <Button isPending={isStopping} onClick={restore.stop}>
              {t(isStopping ? 'stopping' : 'cancel')}
            </Button>
          </div>
        </div>
      </Panel>
    );
  }
  return (
    <>
      {error && <Failure error={error} isInForm />}
      <Ended restore={restore} attempt={attempt} zone={zone} />
    </>
  );
}

interface EndedProps {
  restore: Restore;
  attempt: NonNullable<Restore['attempt']>;
  zone: EditableZone;
}

function Ended({ restore, attempt, zone }: EndedProps) {
  const t = useTranslations('pointInTime.outcome');
  const { results, isUndo } = attempt;
  const [failed, left, undoable] = [failedOf(attempt).length, leftOf(attempt).length, undoOf(attempt).length];
  const problems = results.filter(({ outcome }) => outcome === 'failed' || outcome === 'changed');
  const state = failed > 0 ? 'failed' : left > 0 ? 'stopped' : 'succeeded';
  const words = { failed: t('failedTitle'), stopped: t('stopped'), succeeded: t(isUndo ? 'undone' : 'title') };
  const counts = OUTCOMES.map(
    (outcome) => [outcome, results.filter((file) => file.outcome === outcome).length] as const,
  );
  return (
    <Panel title={<span role="status">{words[state]}</span>} actions={<Pill state={state}>{words[state]}</Pill>}>
      <div className="grid gap-3">
        <Facts
          items={[...counts, ['left', left] as const]
            .filter(([, count]) => count > 0)
            .map(([name, count]) => ({ label: t(name), value: <Amount value={count} /> }))}
        />
        {problems.length > 0 && <Problems problems={problems} zone={zone} />}
        <div className="flex flex-wrap items-center gap-2">
          {failed > 0 && (
            <Button variant="primary" onClick={restore.retry}>
              {t('retry', { count: failed })}
            </Button>
          )}
          {left > 0 && <Button onClick={restore.resume}>{t('continue')}</Button>}
          {undoable > 0 && (
            <Button icon={Undo2} onClick={restore.undo}>
              {t('undo')}
            </Button>
          )}
          {zone === 'raw' && undoable > 0 && <Link href={routes.runs() as Route}>{t('runs')}</Link>}
        </div>
      </div>
    </Panel>
  );
}

function Problems({ problems, zone }: { problems: readonly RestoredFile[]; zone: EditableZone }) {
  const t = useTranslations('pointInTime.outcome');
  return (
    <Table label={t('problems')}>
      <thead>
        <tr>
          <th scope="col">{t('problems')}</th>
          <th scope="col">{t('why')}</th>
        </tr>
      </thead>
      <tbody>
        {problems.slice(0, PROBLEMS_SHOWN).map(({ key, outcome, error }) => (
          <tr key={key}>
            <td className="mono">
              <Link href={routes.file({ zone, key }) as Route}>{key}</Link>
            </td>
            <td className="whitespace-normal">{outcome === 'changed' ? t('changedHint') : error?.message}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
