import { useFormatter, useTranslations } from 'next-intl';
import { Facts } from '@/components/ui/facts';
import { RelativeTime, Time } from '@/components/ui/time';
import type { RoleDetails } from '@/lib/access/roles/schemas';

const HOUR_SECONDS = 3600;

export function RoleFacts({ role }: { role: RoleDetails }) {
  const t = useTranslations('access.roles');
  const format = useFormatter();
  const { roleArn, lastUsedAt, createdAt, maxSessionSeconds, boundary } = role;
  const hours = maxSessionSeconds && maxSessionSeconds / HOUR_SECONDS;
  return (
    <Facts
      items={[
        { label: t('arn'), value: <span className="mono break-all">{roleArn}</span> },
        { label: t('lastUsed'), value: lastUsedAt ? <RelativeTime value={lastUsedAt} /> : t('noUse') },
        { label: t('created'), value: <Time value={createdAt} /> },
        {
          label: t('session'),
          value: hours ? t('upTo', { duration: format.number(hours, { style: 'unit', unit: 'hour' }) }) : '–',
        },
        { label: t('boundary'), value: boundary ? <span className="mono">{boundary.name}</span> : t('noBoundary') },
      ]}
    />
  );
}
