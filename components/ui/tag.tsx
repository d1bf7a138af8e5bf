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

const DEPTHS = { 1: 'z1', 2: 'z2', 3: 'z3' } as const;

/** How deep in the lake something lies, from 1 (as it came) to 3 (ready to read). */
export function Depth({ depth, children }: { depth: keyof typeof DEPTHS; children: ReactNode }) {
  return (
    <span className={clsx('zone', DEPTHS[depth])}>
      <i aria-hidden="true">
        <b />
      </i>
      {children}
    </span>
  );
}
