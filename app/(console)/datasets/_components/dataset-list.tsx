'use client';
import { useSearchParams } from 'next/navigation';
import { useNow, useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';
import type { CatalogListing } from '@/lib/catalog/schemas';
import { routes } from '@/lib/routes';
import { DatasetsSearch } from '../search-params';
import { DatasetFilters } from './dataset-filters';
import { DatasetTable } from './dataset-table';
import { choicesOf, type Scores, sieve } from './sieve';

/** As many rows as a person walks through; the rest are a page, or a word in the search, away. */
const PAGE_ROWS = 100;

interface DatasetListProps {
  listing: CatalogListing;
  /** By `database.table`; without it there is no column of quality, and no filter. */
  scores?: Scores;
}

/** The catalog, sieved and sorted in the browser as the address says: each key that is typed shows at once. */
export function DatasetList({ listing: { datasets, database, hidden }, scores }: DatasetListProps) {
  const t = useTranslations('datasets.list');
  const params = useSearchParams();
  const search = useMemo(() => DatasetsSearch.parse(Object.fromEntries(params)), [params]);
  const now = useNow({ updateInterval: 60_000 }).getTime();
  const choices = useMemo(() => choicesOf(datasets), [datasets]);
  const found = useMemo(() => sieve(datasets, search, { scores, now }), [datasets, search, scores, now]);
  const [cleared, setCleared] = useState(0);
  const pages = Math.max(1, Math.ceil(found.length / PAGE_ROWS));
  const page = Math.min(search.page ?? 1, pages);
  const shown = found.slice((page - 1) * PAGE_ROWS, page * PAGE_ROWS);
  const change = (next: DatasetsSearch) => {
    const set = Object.entries(next).flatMap(([name, value]) => (value ? [[name, String(value)]] : []));
    window.history.replaceState(null, '', routes.datasets(Object.fromEntries(set)));
  };
  const clear = () => {
    setCleared(cleared + 1);
    change({ sort: search.sort, order: search.order });
  };
  return (
    <>
      <DatasetFilters
        // What is typed is the field's own; a filter that is cleared is another field.
        key={cleared}
        search={search}
        choices={choices}
        withQuality={scores !== undefined}
        onChange={(next) => change({ ...next, page: undefined })}
      />
      <Panel
        isFlush
        title={t('title')}
        aside={<span role="status">{t('found', { found: found.length, all: datasets.length })}</span>}
      >
        {shown.length > 0 ? (
          <DatasetTable
            datasets={shown}
            database={database}
            scores={scores}
            now={now}
            sort={search.sort ?? 'name'}
            isDescending={search.order === 'desc'}
            onSort={(sort, isDescending) =>
              change({ ...search, sort, order: isDescending ? 'desc' : undefined, page: undefined })
            }
          />
        ) : (
          <div className="flex flex-wrap items-center gap-3 px-4 py-3">
            <p className="muted">{t('noMatch')}</p>
            <Button size="sm" onClick={clear}>
              {t('clear')}
            </Button>
          </div>
        )}
        {pages > 1 && <Pages page={page} pages={pages} onGo={(to) => change({ ...search, page: to })} />}
      </Panel>
      {hidden.length > 0 && <p className="muted text-xs">{t('hidden', { databases: hidden.join(', ') })}</p>}
    </>
  );
}

function Pages({ page, pages, onGo }: { page: number; pages: number; onGo: (page: number) => void }) {
  const t = useTranslations('datasets.list');
  return (
    <nav className="flex flex-wrap items-center gap-3 px-4 py-2" aria-label={t('pages')}>
      <Button size="sm" isDisabled={page === 1} onClick={() => onGo(page - 1)}>
        {t('previous')}
      </Button>
      <span className="muted text-xs">{t('page', { page, pages })}</span>
      <Button size="sm" isDisabled={page === pages} onClick={() => onGo(page + 1)}>
        {t('next')}
      </Button>
    </nav>
  );
}
