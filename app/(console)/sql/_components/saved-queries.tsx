'use client';
import { useQuery } from '@tanstack/react-query';
import { ChevronDown, ChevronRight, History, Library, SquareTerminal } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Icon } from '@/components/ui/icon';
import { Count } from '@/components/ui/tag';
import { reportFrom } from '@/lib/fetch-json';
import { runningOptions } from '@/lib/query/history/query-options';
import { byFolder, nameIn } from '@/lib/query/saved/folders';
import { savedQueriesOptions } from '@/lib/query/saved/query-options';
import type { SavedQuery } from '@/lib/query/saved/schemas';
import { routes } from '@/lib/routes';
import styles from './workbench.module.css';

/** The saved queries that the person sees, by folder, and the ways to all of them and to what was run. */
export function SavedQueries({ onOpen }: { onOpen: (query: SavedQuery) => void }) {
  const t = useTranslations('sql');
  const { data, error } = useQuery(savedQueriesOptions());
  return (
    <>
      <section className="pt-3" aria-label={t('savedQueries')}>
        <h2 className="faint px-3 py-1 text-2xs">{t('savedQueries')}</h2>
        {error && <p className="px-3 text-failed text-xs">{reportFrom(error).message}</p>}
        {data?.length === 0 && <p className="faint px-3 text-xs">{t('noSavedQueries')}</p>}
        {byFolder(data ?? []).map(({ folder, queries }) => (
          <Folder key={folder} folder={folder} queries={queries} onOpen={onOpen} />
        ))}
      </section>
      <Ways />
    </>
  );
}

interface FolderProps {
  folder: string;
  queries: readonly SavedQuery[];
  onOpen: (query: SavedQuery) => void;
}

function Folder({ folder, queries, onOpen }: FolderProps) {
  const [isOpen, setIsOpen] = useState(true);
  return (
    <>
      {folder && (
        <div className="flex px-2">
          <button type="button" className={styles.branch} aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
            <Icon of={isOpen ? ChevronDown : ChevronRight} size="s" />
            <span className="truncate">{folder}</span>
          </button>
        </div>
      )}
      {isOpen && (
        <ul>
          {queries.map((query) => (
            <li key={query.id} className={folder ? 'flex pr-1 pl-5' : 'flex pr-1 pl-2'}>
              <button
                type="button"
                className={styles.branch}
                title={query.sql.slice(0, 500)}
                onClick={() => onOpen(query)}
              >
                <Icon of={SquareTerminal} size="s" />
                <span className="truncate">{nameIn(query.name)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Ways() {
  const t = useTranslations('queryAreas');
  const { data: running = [] } = useQuery(runningOptions());
  return (
    <ul className="mt-2 border-line border-t pt-2">
      <li className="flex px-2">
        <Link className={styles.branch} href={routes.savedQueries() as Route}>
          <Icon of={Library} size="s" />
          {t('allSaved')}
        </Link>
      </li>
      <li className="flex px-2">
        <Link className={styles.branch} href={routes.queryHistory() as Route}>
          <Icon of={History} size="s" />
          {t('history')}
          {running.length > 0 && <Count>{t('running', { count: running.length })}</Count>}
        </Link>
      </li>
    </ul>
  );
}
