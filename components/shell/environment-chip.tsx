import clsx from 'clsx';
import { Cloud, HardDrive } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Icon } from '@/components/ui/icon';
import { StateIcon } from '@/components/ui/state';

interface Environment {
  region: string;
  /** Set when calls go elsewhere than to AWS's own addresses. */
  endpoint?: string;
  account?: string;
  isReachable: boolean;
}

export function EnvironmentChip({ environment }: { environment: Environment }) {
  const t = useTranslations('nav');
  const { region, endpoint, account, isReachable } = environment;
  const host = endpoint && new URL(endpoint).host;
  const isLoopback = host !== undefined && /^(localhost|127\.|\[::1\])/.test(host);
  const label = host ? (isLoopback ? t('local') : host) : `AWS ${region}`;
  const hint = host
    ? t(isLoopback ? 'localHint' : 'endpointHint', { endpoint: host })
    : t('awsHint', { account: account ?? '–', region });
  return (
    <span className={clsx('env', host && 'local')} title={hint}>
      {isReachable ? <Icon of={host ? HardDrive : Cloud} size="s" /> : <StateIcon state="failed" />}
      <span>{isReachable ? label : t('unreachable')}</span>
      <span className="sr-only">{hint}</span>
    </span>
  );
}
