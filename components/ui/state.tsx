import clsx from 'clsx';
import type { ReactNode } from 'react';

/** The seven states; each has its own silhouette, so that none depends on colour. */
export type StateName = 'running' | 'succeeded' | 'failed' | 'rejected' | 'held' | 'waiting' | 'stopped';

/** The hue that a state lends to what surrounds it. What is held is turned away by rules, as what is rejected; a person's stop is not a colour of its own. */
export const STATE_TONE: Record<StateName, string> = {
  running: 'running',
  succeeded: 'succeeded',
  failed: 'failed',
  rejected: 'rejected',
  held: 'rejected',
  waiting: 'waiting',
  stopped: 'waiting',
};

const line = { fill: 'none', strokeLinecap: 'round', strokeLinejoin: 'round' } as const;
const cut = { ...line, stroke: 'var(--surface)', strokeWidth: 1.8 } as const;

const SHAPES: Record<StateName, ReactNode> = {
  running: (
    <>
      <circle cx="8" cy="8" r="6" {...line} stroke="currentColor" strokeWidth="2" opacity=".28" />
      <path d="M8 2a6 6 0 0 1 6 6" {...line} stroke="currentColor" strokeWidth="2" />
      <circle cx="8" cy="8" r="2" fill="currentColor" />
    </>
  ),
  succeeded: (
    <>
      <circle cx="8" cy="8" r="7" fill="currentColor" />
      <path d="m4.9 8.3 2.1 2.1 4.1-4.6" {...cut} />
    </>
  ),
  failed: (
    <>
      <rect x="1.5" y="1.5" width="13" height="13" rx="2.5" fill="currentColor" />
      <path d="m5.3 5.3 5.4 5.4m0-5.4-5.4 5.4" {...cut} />
    </>
  ),
  rejected: (
    <>
      <path d="M8 .8 15.2 8 8 15.2.8 8z" fill="currentColor" stroke="currentColor" strokeLinejoin="round" />
      <path d="M8 4.6v4.2" {...cut} />
      <circle cx="8" cy="11.2" r="1.05" fill="var(--surface)" />
    </>
  ),
  held: (
    <>
      <path d="M8 .8 15.2 8 8 15.2.8 8z" fill="currentColor" stroke="currentColor" strokeLinejoin="round" />
      <path d="M6.4 5.6v4.8m3.2-4.8v4.8" {...cut} />
    </>
  ),
  waiting: <circle cx="8" cy="8" r="6" {...line} stroke="currentColor" strokeWidth="1.7" strokeDasharray="2.4 2.3" />,
  stopped: (
    <>
      <circle cx="8" cy="8" r="6" {...line} stroke="currentColor" strokeWidth="1.7" />
      <path d="m4 12 8-8" stroke="currentColor" strokeWidth="1.7" />
    </>
  ),
};

/** The silhouette alone, 16 × 16 in its own coordinates: for graphs, inside an `<svg>`. */
export function StateShape({ state }: { state: StateName }) {
  return SHAPES[state];
}

/** The silhouette as an icon; the word for it stands beside it. */
export function StateIcon({ state }: { state: StateName }) {
  return (
    <svg className={clsx('sti', STATE_TONE[state])} viewBox="0 0 16 16" aria-hidden="true">
      {SHAPES[state]}
    </svg>
  );
}

interface StateProps {
  state: StateName;
  /** The word. */
  children: ReactNode;
}

/** Silhouette, word and colour in running text and table cells. */
export function State({ state, children }: StateProps) {
  return (
    <span className={clsx('st', STATE_TONE[state])}>
      <StateIcon state={state} />
      {children}
    </span>
  );
}

/** The state of the page's subject: once per page. */
export function Pill({ state, size = 'md', children }: StateProps & { size?: 'md' | 'lg' }) {
  return (
    <span className={clsx('st pill', STATE_TONE[state], size === 'lg' && 'lgp')}>
      <StateIcon state={state} />
      {children}
    </span>
  );
}
