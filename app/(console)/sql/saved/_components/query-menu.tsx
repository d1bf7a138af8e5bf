'use client';
import { Copy, FolderInput, History, Link2, MoreHorizontal, Trash2 } from 'lucide-react';
import type { Route } from 'next';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { IconButton } from '@/components/ui/button';
import { Menu } from '@/components/ui/menu';
import { useToast } from '@/components/ui/toast';
import type { SavedQuery } from '@/lib/query/saved/schemas';
import { routes } from '@/lib/routes';
import { MoveDialog } from './move-dialog';
import { useSavedActions } from './use-saved-actions';

/** What can be done with one saved query. */
export function QueryMenu({ query }: { query: SavedQuery }) {
  const t = useTranslations('savedQueries');
  const sql = useTranslations('sql');
  const router = useRouter();
  const toast = useToast();
  const actions = useSavedActions();
  const [isMoving, setIsMoving] = useState(false);
  const copyLink = async () => {
    await navigator.clipboard.writeText(new URL(routes.sql({ saved: query.id }), window.location.href).href);
    toast({ state: 'succeeded', title: t('linkCopied') });
  };
  return (
    <>
      <Menu
        trigger={<IconButton icon={MoreHorizontal} size="sm" label={t('actionsOf', { name: query.name })} />}
        items={[
          {
            label: t('versions'),
            icon: History,
            onSelect: () => router.push(routes.savedQueries({ query: query.id }) as Route),
          },
          { label: t('move'), icon: FolderInput, onSelect: () => setIsMoving(true) },
          { label: t('duplicate'), icon: Copy, onSelect: () => void actions.duplicate(query) },
          { label: t('copyLink'), icon: Link2, onSelect: () => void copyLink() },
          {
            label: t('delete'),
            icon: Trash2,
            isDisabled: !query.isManaged,
            onSelect: () => void actions.remove(query),
          },
        ]}
      />
      {isMoving && (
        <MoveDialog
          title={t('moveTitle', { name: query.name })}
          label={sql('queryName')}
          hint={sql('queryNameHint')}
          path={query.name}
          move={(name) => actions.move(query, name)}
          onDone={() => setIsMoving(false)}
        />
      )}
    </>
  );
}
