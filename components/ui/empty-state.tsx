import type { ReactNode } from 'react';
import { Basin } from './basin';

/** `title` what is missing, `body` one sentence on what will be here, `actions` one primary button. */
export function EmptyState({ title, body, actions }: { title: string; body?: ReactNode; actions?: ReactNode }) {
  return (
    <div className="empty">
      <Basin />
      <h2 className="font-medium text-md">{title}</h2>
      {body && <p>{body}</p>}
      {actions && <div className="actions">{actions}</div>}
    </div>
  );
}
