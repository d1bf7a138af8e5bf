import clsx from 'clsx';
import type { ReactNode } from 'react';

/** A fact that does not change by itself. */
export function Tag({ isOn, isMono, children }: { isOn?: boolean; isMono?: boolean; children: ReactNode }) {
  return <span className={clsx('tag', isOn && 'on', isMono && 'mono')}>{children}</span>;
}

/** A number in a tab or beside a title. */
export function Count({ children }: { children: ReactNode }) {
  return <span className="count">{children}</span>;
}

/** A key on the keyboard. */
export function Kbd({ children }: { children: ReactNode }) {
  return <kbd className="kbd">{children}</kbd>;
}
