import type { ReactNode } from 'react';

/** Text to be read exactly, in a well of its own. */
export function CodeBlock({ label, children }: { label: string; children: ReactNode }) {
  return (
    // A scrolling region must be reachable by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above.
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms.
    <div role="group" aria-label={label} tabIndex={0} className="code box">
      <code>{children}</code>
    </div>
  );
}
