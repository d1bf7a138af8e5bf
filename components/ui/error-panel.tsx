import clsx from 'clsx';
import { Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import { type Fact, KeyValue } from './facts';
import { Icon } from './icon';
import { STATE_TONE, StateIcon } from './state';

interface ErrorPanelProps {
  /** `failed`: retrying can help. `rejected`: the data must change. `held`: they must, or a person lets them pass. */
  tone?: 'failed' | 'rejected' | 'held';
  /** What happened. */
  title: ReactNode;
  /** One sentence more: what was written and what was not. */
  body?: ReactNode;
  /** Where, what to do, the request's number. */
  facts?: readonly Fact[];
  /** The first repairs, the second explains. */
  actions?: ReactNode;
  /** More than facts can say, between them and what can be done. */
  children?: ReactNode;
}

/** Stands in the place of what could not be shown, and only there. */
export function ErrorPanel({ tone = 'failed', title, body, facts = [], actions, children }: ErrorPanelProps) {
  return (
    <section className={clsx('err', STATE_TONE[tone])} role="alert">
      <header>
        <StateIcon state={tone} />
        <div>
          <h2>{title}</h2>
          {body && <p className="muted">{body}</p>}
        </div>
      </header>
      {facts.length > 0 && <KeyValue items={facts} />}
      {children}
      {actions && <div className="flex flex-wrap items-center gap-2 px-4 pb-3">{actions}</div>}
    </section>
  );
}

interface ForbiddenPanelProps {
  title: ReactNode;
  body: ReactNode;
  /** Who asked for what, and what was missing. */
  facts?: readonly Fact[];
  children?: ReactNode;
  actions?: ReactNode;
}

/** A padlock, the role, the permission that is missing and who can grant it: never an empty page. */
export function ForbiddenPanel({ title, body, facts = [], children, actions }: ForbiddenPanelProps) {
  return (
    <section className="err info" role="alert">
      <header>
        <Icon of={Lock} />
        <div>
          <h2>{title}</h2>
          <p className="muted">{body}</p>
        </div>
      </header>
      {facts.length > 0 && <KeyValue items={facts} />}
      {children}
      {actions && <div className="flex flex-wrap gap-2 px-4 pb-3">{actions}</div>}
    </section>
  );
}
