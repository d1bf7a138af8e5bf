import type { ReactNode } from 'react';
import { Basin } from './basin';

interface EmptyStateProps {
  title: string;
  body?: ReactNode;
  actions?: ReactNode;
  /** It is all there is on the page, so its title is the page's. */
  isPage?: boolean;
}

/** `title` what is missing, `body` one sentence on what will be here, `actions` one primary button. */
export function EmptyState({ title, body, actions, isPage }: EmptyStateProps) {
  const Heading = isPage ? 'h1' : 'h2';
  return (
    <div className="empty">
      <Basin />
      <Heading className="font-medium text-md">{title}</Heading>
      {body && <p>{body}</p>}
      {actions && <div className="actions">{actions}</div>}
    </div>
  );
}
