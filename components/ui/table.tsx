import type { ReactNode } from 'react';

/**
 * A table in a frame of its own that scrolls sideways. Children are `<thead>` and `<tbody>`; cells of numbers take the
 * class `num`, a selected row `sel`, a wrong cell `bad`.
 */
export function Table({ label, children }: { label: string; children: ReactNode }) {
  return (
    // A scrolling region must be reachable by keyboard: https://dequeuniversity.com/rules/axe/4.10/scrollable-region-focusable
    // A group and not a section: the panel around it is the landmark already.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above.
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms.
    <div className="frame" role="group" aria-label={label} tabIndex={0}>
      <table className="table">{children}</table>
    </div>
  );
}

/** A value that is not there, told apart from the word "null". */
export function Null() {
  return <span className="null">null</span>;
}
