import type { ReactNode } from 'react';
import styles from './files.module.css';

/** A list of keys that scrolls within a dialog. Children are `<li>`. */
export function KeyList({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard.
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms.
    <div className={styles.list} role="group" aria-label={label} tabIndex={0}>
      <ul>{children}</ul>
    </div>
  );
}
