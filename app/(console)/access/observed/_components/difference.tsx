import type { Route } from 'next';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { DiffMark } from '@/components/diff/diff-mark';
import { Panel } from '@/components/ui/panel';
import { Tag } from '@/components/ui/tag';
import type { ObservedAccess, UnusedActions, WiderResources } from '@/lib/access/observed/schemas';
import { routes } from '@/lib/routes';

/** Today's policies against the least one: what goes, what gets narrower, what is missing. */
export function Difference({ observed }: { observed: ObservedAccess }) {
  const t = useTranslations('access.observed');
  const { unusedActions, widerResources, missing, roleName } = observed;
  const isSame = unusedActions.length + widerResources.length + missing.length === 0;
  if (isSame) {
    return (
      <Panel title={t('difference')}>
        <p className="muted">{t('same')}</p>
      </Panel>
    );
  }
  return (
    <>
      {missing.length > 0 && (
        <Section title={t('missing')} note={t('missingNote')} count={missing.length}>
          {missing.map(({ action, resource, deniedCount }) => (
            <li key={`${action} ${resource}`} className="flex flex-wrap items-baseline gap-x-2">
              <DiffMark kind="added" />
              <span className="mono">{action}</span>
              <span className="mono muted min-w-0 [overflow-wrap:anywhere]">{resource}</span>
              {deniedCount > 0 && <Tag>{t('times', { count: deniedCount })}</Tag>}
            </li>
          ))}
        </Section>
      )}
      <Section title={t('unused')} note={t('unusedNote')} count={unusedActions.length}>
        {unusedActions.map((unused) => (
          <Unused key={`${unused.policy} ${unused.index}`} unused={unused} roleName={roleName} />
        ))}
      </Section>
      <Section title={t('wider')} note={t('widerNote')} count={widerResources.length}>
        {widerResources.map((wider) => (
          <Wider key={`${wider.policy} ${wider.index}`} wider={wider} roleName={roleName} />
        ))}
      </Section>
    </>
  );
}

function Section({
  title,
  note,
  count,
  children,
}: {
  title: string;
  note: string;
  count: number;
  children: ReactNode;
}) {
  if (count === 0) return null;
  return (
    <Panel title={title} aside={count}>
      <p className="muted pb-2 text-xs">{note}</p>
      <ul className="grid grid-cols-[minmax(0,1fr)] gap-3">{children}</ul>
    </Panel>
  );
}

interface PlaceProps {
  roleName: string;
  place: { policy: string; index: number; sid?: string };
}

function StatementLink({ roleName, place: { policy, index, sid } }: PlaceProps) {
  const t = useTranslations('access.observed');
  return (
    <Link href={routes.role(roleName, { policy, index }) as Route} className="mono underline">
      {sid ?? t('nth', { policy, number: index + 1 })}
    </Link>
  );
}

function Unused({ unused, roleName }: { unused: UnusedActions; roleName: string }) {
  const t = useTranslations('access.observed');
  return (
    <li className="grid grid-cols-[minmax(0,1fr)] gap-1">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <StatementLink roleName={roleName} place={unused} />
        {unused.isWhole && <Tag>{t('whole')}</Tag>}
      </p>
      <Lines kind="removed" texts={unused.actions} />
    </li>
  );
}

function Wider({ wider, roleName }: { wider: WiderResources; roleName: string }) {
  return (
    <li className="grid grid-cols-[minmax(0,1fr)] gap-1">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <StatementLink roleName={roleName} place={wider} />
        <span className="mono muted min-w-0 text-xs [overflow-wrap:anywhere]">{wider.actions.join(', ')}</span>
      </p>
      <Lines kind="removed" texts={wider.today} />
      <Lines kind="added" texts={wider.used} />
    </li>
  );
}

function Lines({ kind, texts }: { kind: 'added' | 'removed'; texts: readonly string[] }) {
  return (
    <ul className="grid grid-cols-[minmax(0,1fr)]">
      {texts.map((text) => (
        <li key={text} className="mono text-xs [overflow-wrap:anywhere]">
          <DiffMark kind={kind} /> {text}
        </li>
      ))}
    </ul>
  );
}
