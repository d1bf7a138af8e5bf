import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useFailureToast } from '@/components/shell/failure-toast';
import { useToast } from '@/components/ui/toast';
import type { ErrorReport, Result } from '@/lib/errors';
import { savedQueriesKey } from '@/lib/query/saved/query-options';
import type { SavedQuery } from '@/lib/query/saved/schemas';
import {
  deleteSavedQueryAction,
  moveQueryFolderAction,
  moveSavedQueryAction,
  saveQueryAction,
  undeleteSavedQueryAction,
} from '../../actions';

/** What is done at once and can be undone by the message that says so. */
export function useSavedActions() {
  const t = useTranslations('savedQueries');
  const client = useQueryClient();
  const toast = useToast();
  const failed = useFailureToast();

  const settle = async <T>(
    doing: Promise<Result<T>>,
    title: string,
    undo?: (data: T) => void,
  ): Promise<ErrorReport | undefined> => {
    const result = await doing;
    await client.invalidateQueries({ queryKey: savedQueriesKey });
    if (!result.ok) {
      failed(result.error);
      return result.error;
    }
    const action = undo && { label: t('undo'), onClick: () => undo(result.data) };
    toast({ state: 'succeeded', title, ...(action ? { action } : {}) });
    return undefined;
  };
  const bringBack = ({ id, name }: SavedQuery) => settle(undeleteSavedQueryAction({ id }), t('isBack', { name }));
  const remove = (query: SavedQuery) =>
    settle(deleteSavedQueryAction({ id: query.id }), t('isDeleted', { name: query.name }), () => void bringBack(query));
  const move = (query: SavedQuery, name: string): Promise<ErrorReport | undefined> =>
    settle(moveSavedQueryAction({ id: query.id, name }), t('isMoved', { name }), ({ from }) => {
      void settle(moveSavedQueryAction({ id: query.id, name: from }), t('isMoved', { name: from }));
    });
  const moveFolder = (from: string, to: string): Promise<ErrorReport | undefined> =>
    settle(moveQueryFolderAction({ from, to }), t('folderIsMoved', { name: to }), ({ ids }) => {
      void settle(moveQueryFolderAction({ from: to, to: from, only: ids }), t('folderIsMoved', { name: from }));
    });
  const duplicate = ({ name, description, sql, parameters, chart, tags }: SavedQuery) => {
    const copy = t('copyOf', { name });
    return settle(
      saveQueryAction({ name: copy, description, sql, parameters, chart, tags, sharing: 'private' }),
      t('isDuplicated', { name: copy }),
    );
  };
  return { bringBack, remove, move, moveFolder, duplicate };
}
