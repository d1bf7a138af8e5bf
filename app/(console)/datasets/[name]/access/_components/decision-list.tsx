'use client';
import type { Route } from 'next';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { State } from '@/components/ui/state';
import { ACCESS_PARTS, type RoleAccess, type TableDecision } from '@/lib/catalog/schemas';
import { routes } from '@/lib/routes';

const STATES = { allowed: 'succeeded', explicitDeny: 'failed', implicitDeny: 'stopped' } as const;

interface DecisionListProps {
  access: RoleAccess;
  /** Links to the pages of roles, for who may see them. */
  isLinked: boolean;
}

/** Each request that reading takes, what is decided of it, and the statement that decides. */
export function DecisionList({ access, isLinked }: DecisionListProps) {
  const t = useTranslations('tableAccess');
  return (
    <div className="sticky left-4 grid grid-cols-[minmax(0,1fr)] max-w-[calc(100vw-58px)] gap-3 sm:static sm:max-w-none">
      <p className="muted text-xs">
        {t('role')} <span className="mono">{access.roleName}</span>
      </p>
      <ul className="grid grid-cols-[minmax(0,1fr)] gap-3">
        {ACCESS_PARTS.flatMap((part) =>
          access.decisions[part].map((decision) => (
            <Decision
              key={`${decision.action} ${decision.resource}`}
              decision={decision}
              roleName={access.roleName}
              isLinked={isLinked}
            />
          )),
        )}
      </ul>
      {access.unread.length > 0 && (
        <p role="note" className="text-waiting text-xs">
          {t('unread', { policies: access.unread.join(', ') })}
        </p>
      )}
    </div>
  );
}

interface DecisionProps {
  decision: TableDecision;
  roleName: string;
  isLinked: boolean;
}

function Decision({ decision, roleName, isLinked }: DecisionProps) {
  const t = useTranslations('tableAccess');
  const { action, resource, result, source, policy, index, sid, statement } = decision;
  const isOfRole = source === 'identity' || source === 'boundary';
  return (
    <li className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-1">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <State state={STATES[result]}>{t(`results.${result}`)}</State>
        <span className="mono">{action}</span>
        <span className="mono muted min-w-0 break-all">{resource}</span>
      </p>
      {statement ? (
        <details>
          <summary className="muted cursor-pointer text-xs">
            {t('by', { statement: sid ?? t('unnamed') })} <span className="mono">{policy}</span>
          </summary>
          {isLinked && isOfRole && policy !== undefined && index !== undefined && (
            <p className="text-xs">
              <Link
                className="inline-flex min-h-6 items-center"
                href={routes.role(roleName, { policy, index }) as Route}
              >
                {t('seeStatement', { role: roleName })}
              </Link>
            </p>
          )}
          <Statement text={statement} />
        </details>
      ) : (
        <p className="muted text-xs">{t('nobody')}</p>
      )}
    </li>
  );
}

function Statement({ text }: { text: string }) {
  return (
    // A box that scrolls is in the tab order.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above.
    <pre className="code box mt-1 max-h-72 overflow-auto" tabIndex={0}>
      {text}
    </pre>
  );
}
