'use client';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { TabLinks } from '@/components/ui/tabs';
import { routes } from '@/lib/routes';

/** The list of people, one of them, and who is invited to be one. */
const OF_PEOPLE = [/^\/access$/, /^\/access\/people\//, /^\/access\/invitations$/];

/** The pages about who may do what. */
export function AccessTabs() {
  const t = useTranslations('access.tabs');
  const pathname = usePathname();
  const tabs = [
    { tab: 'people', href: routes.access() },
    { tab: 'roles', href: routes.roles() },
    { tab: 'matrix', href: routes.accessMatrix() },
    { tab: 'simulator', href: routes.simulator() },
    { tab: 'findings', href: routes.accessFindings() },
    { tab: 'observed', href: routes.observedAccess() },
  ] as const;
  // A role's own page lies beneath the list of them.
  const isCurrent = (href: string) =>
    href === routes.access() ? OF_PEOPLE.some((pattern) => pattern.test(pathname)) : pathname.startsWith(href);
  return (
    <TabLinks
      label={t('label')}
      tabs={tabs.map(({ tab, href }) => ({ href, label: t(tab), isCurrent: isCurrent(href) }))}
    />
  );
}
