import type { Route } from 'next';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { StatementWords } from '@/components/access/statement-words';
import { Panel } from '@/components/ui/panel';
import { Count } from '@/components/ui/tag';
import type { RoleDetails } from '@/lib/access/roles/schemas';
import { routes, statementAnchor } from '@/lib/routes';

/** The people who have the role, and who its trust policy lets take it on. */
export function RoleHolders({ role: { people, trust } }: { role: RoleDetails }) {
  const t = useTranslations('access.roles');
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      {people && (
        <Panel
          isFlush={people.length > 0}
          title={t('holders')}
          aside={<Count>{people.length}</Count>}
          actions={<Link href={routes.access() as Route}>{t('managePeople')}</Link>}
        >
          {people.length === 0 ? (
            <p className="muted">{t('nobody')}</p>
          ) : (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls is in the tab order.
            <ul className="max-h-64 overflow-auto py-1" tabIndex={0} aria-label={t('holders')}>
              {people.map(({ id, name, email }) => (
                <li key={id} className="flex flex-wrap gap-x-3 px-4 py-1">
                  <span>{name}</span>
                  <span className="muted min-w-0 break-all">{email}</span>
                </li>
              ))}
            </ul>
          )}
        </Panel>
      )}
      <Panel title={t('trust')}>
        <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
          {trust.statements.map(({ index, phrases }) => (
            <StatementWords key={index} phrases={phrases} />
          ))}
          {trust.statements.length === 0 && <p className="muted">{t('unread.unreadable')}</p>}
          <p className="muted text-xs">
            {people ? t('trustHintPeople') : t('trustHintService')}{' '}
            <a href={`#${statementAnchor({ policy: trust.name, index: 0 })}`}>{t('seeTrust')}</a>
          </p>
        </div>
      </Panel>
    </div>
  );
}
