'use client';
import { useQuery } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Failure } from '@/components/shell/failure';
import { LinkButton } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { SearchInput } from '@/components/ui/input';
import { Panel } from '@/components/ui/panel';
import { Skeleton } from '@/components/ui/skeleton';
import { reportFrom } from '@/lib/fetch-json';
import { savedQueriesOptions } from '@/lib/query/saved/query-options';
import type { SavedQuery } from '@/lib/query/saved/schemas';
import { routes } from '@/lib/routes';
import { DeletedTable } from './deleted-table';
import { SavedTable } from './saved-table';
import { VersionPanel } from './version-panel';

/** All saved queries that the person sees, by folder; or those that they could bring back. */
export function SavedLibrary({ selected, isDeleted }: { selected: string | undefined; isDeleted: boolean }) {
  const t = useTranslations('savedQueries');
  const [search, setSearch] = useState('');
  const { data, error } = useQuery(savedQueriesOptions(isDeleted ? 'deleted' : undefined));
  if (error) return <Failure error={reportFrom(error)} />;
  if (!data) {
    return (
      <Panel>
        <Skeleton lines={8} />
      </Panel>
    );
  }
  if (data.length === 0 && !isDeleted) return <NothingYet />;
  const shown = data.filter((query) => matches(query, search.trim().toLowerCase()));
  const query = data.find(({ id }) => id === selected);
  return (
    <>
      <div className="flex flex-wrap items-center gap-3">
        <div className="w-72 max-w-full">
          <SearchInput label={t('search')} value={search} onChange={(event) => setSearch(event.target.value)} />
        </div>
        <span className="grow" />
        {isDeleted ? (
          <LinkButton size="sm" variant="ghost" href={routes.savedQueries()}>
            {t('showAll')}
          </LinkButton>
        ) : (
          <LinkButton size="sm" variant="ghost" icon={Trash2} href={routes.savedQueries({ deleted: 'yes' })}>
            {t('showDeleted')}
          </LinkButton>
        )}
      </div>
      {query && !isDeleted && <VersionPanel key={query.id} query={query} />}
      <Panel isFlush title={isDeleted ? t('deleted') : t('byFolder')} aside={t('count', { count: shown.length })}>
        {shown.length === 0 && (
          <p className="muted px-4 py-3">{isDeleted && !search ? t('noDeleted') : t('noMatch')}</p>
        )}
        {shown.length > 0 && (isDeleted ? <DeletedTable queries={shown} /> : <SavedTable queries={shown} all={data} />)}
      </Panel>
    </>
  );
}

function NothingYet() {
  const t = useTranslations('savedQueries');
  return (
    <Panel>
      <EmptyState
        title={t('empty.title')}
        body={t('empty.body')}
        actions={
          <>
            <LinkButton variant="primary" href={routes.sql()}>
              {t('empty.action')}
            </LinkButton>
            <LinkButton variant="ghost" href={routes.savedQueries({ deleted: 'yes' })}>
              {t('showDeleted')}
            </LinkButton>
          </>
        }
      />
    </Panel>
  );
}

function matches({ name, description = '', sql, tags, tables, owner }: SavedQuery, wanted: string): boolean {
  return [name, description, sql, owner?.name ?? '', ...tags, ...tables].some((text) =>
    text.toLowerCase().includes(wanted),
  );
}
