import clsx from 'clsx';
import { Cloud, HardDrive } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Icon } from '@/components/ui/icon';

/** Which lake this console shows; all of it is what the SDK was configured with, and none of it steers the product. */
export interface Environment {
  region: string;
  /** Set when calls go elsewhere than to AWS's own addresses. */
  endpoint?: string;
  account?: string;
}

export function EnvironmentChip({ environment }: { environment: Environment }) {
  const t = useTranslations('nav');
  const { region, endpoint, account } = environment;
  const host = endpoint && new URL(endpoint).host;
  const isLoopback = host !== undefined && /^(localhost|127\.|\[::1\])/.test(host);
  const label = host ? (isLoopback ? t('local') : host) : `AWS ${region}`;
  const hint = host
    ? t(isLoopback ? 'localHint' : 'endpointHint', { endpoint: host })
    : t('awsHint', { account: account ?? '–', region });
  return (
    <span className={clsx('env', host && 'local')} title={hint}>
      <Icon of={host ? HardDrive : Cloud} size="s" />
      <span>{label}</span>
      <span className="sr-only">{hint}</span>
    </span>
  );
}
