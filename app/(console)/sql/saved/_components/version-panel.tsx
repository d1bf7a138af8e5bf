'use client';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { X } from 'lucide-react';
import type { Route } from 'next';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import { Failure } from '@/components/shell/failure';
import { useFailureToast } from '@/components/shell/failure-toast';
import { Button, IconButton } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';
import { Skeleton } from '@/components/ui/skeleton';
import { Table } from '@/components/ui/table';
import { RelativeTime } from '@/components/ui/time';
import { useToast } from '@/components/ui/toast';
import { reportFrom } from '@/lib/fetch-json';
import { queryVersionsOptions, savedQueriesKey } from '@/lib/query/saved/query-options';
import type { QueryVersion, SavedQuery } from '@/lib/query/saved/schemas';
import { routes } from '@/lib/routes';
import { restoreQueryVersionAction } from '../../actions';
import { VersionDiff } from './version-diff';

/** Who saved a query when, what is different since, and the way back. */
export function VersionPanel({ query }: { query: SavedQuery }) {
  const t = useTranslations('savedQueries');
  const router = useRouter();
  const [compared, setCompared] = useState<number>();
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    queryVersionsOptions(query.id),
  );
  const versions = data?.pages.flatMap((page) => page.versions) ?? [];
  return (
    <Panel
      isFlush
      title={t('versionsTitle', { name: query.name })}
      actions={
        <IconButton icon={X} size="sm" label={t('close')} onClick={() => router.push(routes.savedQueries() as Route)} />
      }
    >
      {error && (
        <div className="p-4">
          <Failure error={reportFrom(error)} />
        </div>
      )}
      {!data && !error && (
        <div className="p-4">
          <Skeleton lines={3} />
        </div>
      )}
      {versions.length > 0 && (
        <Table label={t('versions')}>
          <thead>
            <tr>
              <th scope="col" className="num">
                {t('version')}
              </th>
              <th scope="col">{t('changed')}</th>
              <th scope="col">{t('by')}</th>
              <th scope="col">{t('name')}</th>
              <th scope="col">
                <span className="sr-only">{t('actions')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {versions.map((version) => (
              <VersionRow
                key={version.number}
                version={version}
                query={query}
                isCompared={compared === version.number}
                onCompare={() => setCompared(compared === version.number ? undefined : version.number)}
              />
            ))}
          </tbody>
        </Table>
      )}
      {hasNextPage && (
        <div className="flex justify-center p-2">
          <Button size="sm" isPending={isFetchingNextPage} onClick={() => fetchNextPage()}>
            {t('more')}
          </Button>
        </div>
      )}
      {compared !== undefined && compared < query.version && (
        <VersionDiff id={query.id} from={compared} to={query.version} />
      )}
    </Panel>
  );
}

interface VersionRowProps {
  version: QueryVersion;
  query: SavedQuery;
  isCompared: boolean;
  onCompare: () => void;
}

function VersionRow({ version, query, isCompared, onCompare }: VersionRowProps) {
  const t = useTranslations('savedQueries');
  const client = useQueryClient();
  const toast = useToast();
  const failed = useFailureToast();
  const [isPending, startTransition] = useTransition();
  const { number } = version;
  const restore = () =>
    startTransition(async () => {
      const result = await restoreQueryVersionAction({ id: query.id, version: number, baseVersion: query.version });
      await client.invalidateQueries({ queryKey: savedQueriesKey });
      if (!result.ok) return failed(result.error);
      toast({ state: 'succeeded', title: t('isRestored', { from: number, version: result.data.version }) });
    });
  return (
    <tr className={isCompared ? 'sel' : undefined}>
      <td className="num">{number}</td>
      <td>
        <RelativeTime value={version.at} />
      </td>
      <td>{version.by ?? 'Athena'}</td>
      <td>
        {version.name}
        {version.restoredFrom && (
          <span className="faint"> · {t('restoredFrom', { version: version.restoredFrom })}</span>
        )}
      </td>
      <td>
        {number === query.version ? (
          <span className="faint">{t('current')}</span>
        ) : (
          <span className="flex gap-1">
            <Button size="sm" variant="ghost" onClick={onCompare}>
              {t('compare')}
            </Button>
            <Button size="sm" variant="ghost" isPending={isPending} onClick={restore}>
              {t('restore')}
            </Button>
          </span>
        )}
      </td>
    </tr>
  );
}
