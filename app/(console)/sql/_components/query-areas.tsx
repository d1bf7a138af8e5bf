'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { TabLinks } from '@/components/ui/tabs';
import { Count } from '@/components/ui/tag';
import { runningOptions } from '@/lib/query/history/query-options';
import { routes } from '@/lib/routes';

/** The workbench, what was run in it, and what was kept of it. */
export function QueryAreas({ current }: { current: 'history' | 'saved' }) {
  const t = useTranslations('queryAreas');
  const { data: running = [] } = useQuery(runningOptions());
  const history = running.length > 0 ? <RunningCount count={running.length} /> : t('history');
  return (
    <TabLinks
      label={t('label')}
      tabs={[
        { href: routes.sql(), label: t('workbench'), isCurrent: false },
        { href: routes.queryHistory(), label: history, isCurrent: current === 'history' },
        { href: routes.savedQueries(), label: t('saved'), isCurrent: current === 'saved' },
      ]}
    />
  );
}

function RunningCount({ count }: { count: number }) {
  const t = useTranslations('queryAreas');
  return (
    <>
      {t('history')} <Count>{t('running', { count })}</Count>
    </>
  );
}
