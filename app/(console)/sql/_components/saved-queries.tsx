'use client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { SquareTerminal, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import { Button, IconButton } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Icon } from '@/components/ui/icon';
import { useToast } from '@/components/ui/toast';
import { reportFrom } from '@/lib/fetch-json';
import { savedQueriesOptions } from '@/lib/query/query-options';
import type { SavedQuery } from '@/lib/query/schemas';
import { deleteSavedQueryAction } from '../actions';
import styles from './workbench.module.css';

/** Everybody's saved queries, by folder. */
export function SavedQueries({ onOpen }: { onOpen: (query: SavedQuery) => void }) {
  const t = useTranslations('sql');
  const { data, error } = useQuery(savedQueriesOptions());
  const [doomed, setDoomed] = useState<SavedQuery>();
  return (
    <section className="pt-3" aria-label={t('savedQueries')}>
      <h2 className="faint px-3 py-1 text-2xs">{t('savedQueries')}</h2>
      {error && <p className="px-3 text-failed text-xs">{reportFrom(error).message}</p>}
      {data?.length === 0 && <p className="faint px-3 text-xs">{t('noSavedQueries')}</p>}
      <ul>
        {data?.map((query) => (
          <li key={query.id} className="flex items-center gap-1 pr-1 pl-2">
            <button
              type="button"
              className={styles.branch}
              title={query.sql.slice(0, 500)}
              onClick={() => onOpen(query)}
            >
              <Icon of={SquareTerminal} size="s" />
              <span className="truncate">
                <SavedName name={query.name} />
              </span>
            </button>
            <IconButton
              icon={Trash2}
              size="sm"
              label={t('deleteSaved', { name: query.name })}
              onClick={() => setDoomed(query)}
            />
          </li>
        ))}
      </ul>
      {doomed && <DeleteSaved query={doomed} onDone={() => setDoomed(undefined)} />}
    </section>
  );
}

/** `month end/margins`: the folder steps back behind the name. */
function SavedName({ name }: { name: string }) {
  const slash = name.lastIndexOf('/');
  return (
    <>
      <span className="faint">{name.slice(0, slash + 1)}</span>
      {name.slice(slash + 1)}
    </>
  );
}

function DeleteSaved({ query, onDone }: { query: SavedQuery; onDone: () => void }) {
  const t = useTranslations('sql');
  const common = useTranslations('common');
  const client = useQueryClient();
  const toast = useToast();
  const [isPending, startTransition] = useTransition();
  const remove = () =>
    startTransition(async () => {
      const result = await deleteSavedQueryAction({ id: query.id });
      await client.invalidateQueries({ queryKey: savedQueriesOptions().queryKey });
      toast(
        result.ok
          ? { state: 'succeeded', title: t('savedDeleted', { name: query.name }) }
          : { state: 'failed', title: result.error.message },
      );
      onDone();
    });
  return (
    <Dialog
      isOpen
      onOpenChange={onDone}
      title={t('deleteSavedTitle', { name: query.name })}
      description={t('deleteSavedHint')}
      footer={
        <>
          <Button variant="ghost" onClick={onDone}>
            {common('cancel')}
          </Button>
          <Button variant="danger" isPending={isPending} onClick={remove}>
            {t('deleteSavedSubmit')}
          </Button>
        </>
      }
    />
  );
}
