import { useTranslations } from 'next-intl';
import { State, type StateName } from '@/components/ui/state';
import { decidingPlace } from '@/lib/access/matrix/deciding-place';
import type { AccessMatrix, Verdict } from '@/lib/access/matrix/schemas';
import type { MatrixSpot } from './matrix-view';
import { useRoleName } from './use-role-name';

export const VERDICT_STATE: Record<Verdict['result'], StateName> = {
  allowed: 'succeeded',
  explicitDeny: 'failed',
  implicitDeny: 'stopped',
};

interface MatrixCellProps {
  matrix: AccessMatrix;
  spot: MatrixSpot;
  /** Row and column, for the keyboard. */
  place: string;
  isActive: boolean;
  isOpen: boolean;
  onOpen: (cell: HTMLElement) => void;
}

/** Yes or no, by a button that opens the reason. */
export function MatrixCell({ matrix, spot, place, isActive, isOpen, onOpen }: MatrixCellProps) {
  const t = useTranslations('access.matrix');
  const nameOf = useRoleName();
  const { role, dataset, entry } = spot;
  const places = entry.cells[role] ?? [];
  const verdict = matrix.verdicts[places[decidingPlace(places, matrix.verdicts)] ?? -1];
  const who = matrix.roles[role];
  const word = verdict ? t(`answers.${verdict.result}`) : t('notApplicable');
  const what = { who: who ? nameOf(who) : '', action: t(`actions.${entry.action}`), dataset, answer: word };
  return (
    <td>
      <button
        type="button"
        data-cell={place}
        tabIndex={isActive ? 0 : -1}
        className="flex min-h-6 min-w-6 cursor-pointer items-center"
        aria-label={t('cell', what)}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={(event) => onOpen(event.currentTarget)}
      >
        {verdict ? <State state={VERDICT_STATE[verdict.result]}>{word}</State> : <span className="muted">{word}</span>}
      </button>
    </td>
  );
}
