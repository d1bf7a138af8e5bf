'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useFailureToast } from '@/components/shell/failure-toast';
import { useToast } from '@/components/ui/toast';
import { reportFrom } from '@/lib/fetch-json';
import type { ChangedFile } from '@/lib/storage/change-schemas';
import type { BatchProgress } from '@/lib/storage/in-batches';
import { changesOptions } from '@/lib/storage/query-options';
import type { RestoredFile } from '@/lib/storage/schemas';
import { undoChange } from '@/lib/storage/undo-change';

export interface FinishedChange {
  id: string;
  verb: 'copy' | 'move' | 'delete';
  results: ChangedFile[];
  /** What stopped it on its way; what was done by then stays done. */
  stopped?: string;
}

/** A file that was left as it is, and why. */
export interface LeftFile {
  key: string;
  reason: 'gone' | 'changed' | 'unchanged' | 'kept' | 'failed';
  message?: string;
}

const done: ReadonlySet<string> = new Set(['copied', 'moved', 'deleted', 'restored']);

/** What follows a change: it is told, it can be undone, and what was left as it is has its reasons. */
export function useFinished({ canUndo, onFinished }: { canUndo: boolean; onFinished: () => void }) {
  const t = useTranslations('files');
  const toast = useToast();
  const failed = useFailureToast();
  const router = useRouter();
  const client = useQueryClient();
  const [undoing, setUndoing] = useState<{ progress: BatchProgress; onStop: () => void }>();
  const [left, setLeft] = useState<{ title: string; files: LeftFile[] }>();

  const settle = (title: string, results: readonly (ChangedFile | RestoredFile)[]) => {
    const files = results.filter(({ outcome }) => !done.has(outcome)).map(leftFile);
    if (files.length > 0) setLeft({ title, files });
    void client.invalidateQueries({ queryKey: changesOptions().queryKey });
    router.refresh();
  };
  const finish = ({ id, verb, results, stopped }: FinishedChange) => {
    const count = results.filter(({ outcome }) => done.has(outcome) || outcome === 'kept').length;
    const title = t(`done.${verb}`, { count });
    toast({
      state: stopped !== undefined ? 'stopped' : count > 0 ? 'succeeded' : 'failed',
      title,
      ...(stopped ? { body: stopped } : {}),
      ...(canUndo && count > 0 ? { action: { label: t('undo'), onClick: () => void undo(id) } } : {}),
    });
    settle(title, results);
    onFinished();
  };
  const undo = async (id: string) => {
    const abort = new AbortController();
    const show = (progress: BatchProgress) => setUndoing({ progress, onStop: () => abort.abort() });
    show({ done: 0, total: 0 });
    try {
      const results = await undoChange(id, { signal: abort.signal, onProgress: show });
      const count = results.filter(({ outcome }) => done.has(outcome)).length;
      const title = t('undone', { count });
      toast({ state: count > 0 ? 'succeeded' : 'stopped', title });
      settle(title, results);
    } catch (error) {
      const report = reportFrom(error);
      failed(report, { title: t('undoFailed'), body: report.message });
      settle('', []);
    } finally {
      setUndoing(undefined);
    }
  };
  return { finish, undo, undoing, left, forgetLeft: () => setLeft(undefined) };
}

function leftFile({ key, outcome, error }: ChangedFile | RestoredFile): LeftFile {
  return { key, reason: outcome as LeftFile['reason'], ...(error ? { message: error.message } : {}) };
}
