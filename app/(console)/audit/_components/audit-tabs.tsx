import { useTranslations } from 'next-intl';
import { TabLinks } from '@/components/ui/tabs';
import { routes } from '@/lib/routes';

const TABS = [
  { tab: 'console', href: routes.audit() },
  { tab: 'aws', href: routes.audit({ source: 'aws' }) },
  { tab: 'verification', href: routes.auditVerification() },
] as const;

/** The two halves of the trail, and whether they are whole. */
export function AuditTabs({ current }: { current: (typeof TABS)[number]['tab'] }) {
  const t = useTranslations('audit.tabs');
  return (
    <TabLinks
      label={t('label')}
      tabs={TABS.map(({ tab, href }) => ({ href, label: t(tab), isCurrent: tab === current }))}
    />
  );
}
