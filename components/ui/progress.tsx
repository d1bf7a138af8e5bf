import clsx from 'clsx';
import { useTranslations } from 'next-intl';
import type { CSSProperties } from 'react';
import { STATE_TONE, type StateName } from './state';

interface ProgressBarProps {
  /** Read out: what progresses. */
  label: string;
  /** From 0 to 1. */
  share: number;
  state?: StateName;
}

/** A waterline that fills, where only a share is known. */
export function ProgressBar({ label, share, state }: ProgressBarProps) {
  const percent = Math.round(Math.min(1, Math.max(0, share)) * 100);
  return (
    // A styled <progress> cannot hold our hatching in every browser.
    <div
      className={clsx('bar', state && STATE_TONE[state], state === 'waiting' && 'paused')}
      role="progressbar"
      aria-label={label}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
    >
      <i style={{ '--v': percent } as CSSProperties} />
    </div>
  );
}

export type PartState = 'todo' | 'moving' | 'done' | 'broken';

/** One cell per countable part. Past `PARTS_MAX` cells they would be thinner than a pixel: then a plain bar. */
export function PartsBar({
  label,
  parts,
  state = 'running',
}: {
  label: string;
  parts: readonly PartState[];
  state?: StateName;
}) {
  const t = useTranslations('common');
  const done = parts.filter((part) => part === 'done').length;
  if (parts.length > PARTS_MAX) return <ProgressBar label={label} share={done / parts.length} state={state} />;
  return (
    <div
      className={clsx('parts', STATE_TONE[state])}
      role="progressbar"
      aria-label={label}
      aria-valuenow={done}
      aria-valuemin={0}
      aria-valuemax={parts.length}
      aria-valuetext={t('parts', { done, total: parts.length })}
    >
      {parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a part is its position.
        <i key={index} className={part === 'todo' ? undefined : part} />
      ))}
    </div>
  );
}

const PARTS_MAX = 100;
