'use client';
import { useTranslations } from 'next-intl';
import { State } from '@/components/ui/state';
import { ACCESS_PARTS, type RoleAccess, type TableDecision } from '@/lib/catalog/schemas';

const STATES = { allowed: 'succeeded', explicitDeny: 'failed', implicitDeny: 'stopped' } as const;

/** Each request that reading takes, what is decided of it, and the statement that decides. */
export function DecisionList({ access }: { access: RoleAccess }) {
  const t = useTranslations('tableAccess');
  return (
    <div className="sticky left-4 grid grid-cols-[minmax(0,1fr)] max-w-[calc(100vw-58px)] gap-3 sm:static sm:max-w-none">
      <p className="muted text-xs">
        {t('role')} <span className="mono">{access.roleName}</span>
      </p>
      <ul className="grid grid-cols-[minmax(0,1fr)] gap-3">
        {ACCESS_PARTS.flatMap((part) =>
          access.decisions[part].map((decision) => (
            <Decision key={`${decision.action} ${decision.resource}`} decision={decision} />
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

function Decision({ decision }: { decision: TableDecision }) {
  const t = useTranslations('tableAccess');
  const { action, resource, result, policy, sid, statement } = decision;
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
