import { type ReactNode, useId } from 'react';

interface PanelProps {
  title?: ReactNode;
  /** Beside the title, muted: a count, a revision. */
  aside?: ReactNode;
  actions?: ReactNode;
  /** No padding: for tables and lists that bring their own. */
  isFlush?: boolean;
  /** One of many alike: a reader's list of landmarks names the page's parts, not each of them. */
  isOneOfMany?: boolean;
  children: ReactNode;
}

/** Groups what belongs together, behind one border. Never a panel in a panel. */
export function Panel({ title, aside, actions, isFlush, isOneOfMany, children }: PanelProps) {
  const id = useId();
  const Element = isOneOfMany ? 'article' : 'section';
  return (
    <Element className="panel clip" aria-labelledby={title ? id : undefined}>
      {title && (
        <div className="ph">
          <h2 id={id}>{title}</h2>
          {aside && <span className="muted text-xs">{aside}</span>}
          <span className="grow" />
          {actions}
        </div>
      )}
      {isFlush ? children : <div className="pb">{children}</div>}
    </Element>
  );
}
