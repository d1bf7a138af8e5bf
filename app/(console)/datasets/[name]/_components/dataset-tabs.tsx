'use client';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { TabLinks } from '@/components/ui/tabs';
import { routes } from '@/lib/routes';

interface DatasetTabsProps {
  page: { name: string; dataset: string; isOwn: boolean; table?: object };
}

/** The pages of one dataset. A dataset of files alone has no columns to look at, one of another database no runs and no rules. */
export function DatasetTabs({ page: { name, isOwn, table } }: DatasetTabsProps) {
  const t = useTranslations('datasets.tabs');
  const pathname = usePathname();
  const bar = useRef<HTMLDivElement>(null);
  const ofTable = (tab: string, href: string) => (table ? [{ tab, href }] : []);
  const ofPipeline = (tab: string, href: string) => (isOwn ? [{ tab, href }] : []);
  const tabs = [
    { tab: 'overview', href: routes.dataset(name) },
    ...ofTable('profile', routes.datasetProfile(name)),
    ...ofTable('partitions', routes.datasetPartitions(name)),
    ...ofPipeline('runs', routes.datasetRuns(name)),
    ...ofPipeline('versions', routes.datasetVersions(name)),
    ...(isOwn ? ofTable('quality', routes.datasetQuality(name)) : []),
    ...ofPipeline('lineage', routes.datasetLineage(name)),
    ...ofTable('queries', routes.datasetQueries(name)),
    ...ofTable('access', routes.datasetAccess(name)),
  ];
  // biome-ignore lint/correctness/useExhaustiveDependencies: on a narrow screen the present tab may lie outside of the bar.
  useEffect(() => {
    bar.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [pathname]);
  return (
    <div ref={bar} className="-mx-5 min-w-0 max-sm:-mx-3 [&_.tabs]:border-b-0">
      <TabLinks
        label={t('label')}
        tabs={tabs.map(({ tab, href }) => ({ href, label: t(tab as 'overview'), isCurrent: pathname === href }))}
      />
    </div>
  );
}
