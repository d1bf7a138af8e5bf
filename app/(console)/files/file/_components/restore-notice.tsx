'use client';
import { skipToken, useQuery } from '@tanstack/react-query';
import { Undo2 } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Failure } from '@/components/shell/failure';
import { Button } from '@/components/ui/button';
import { State } from '@/components/ui/state';
import { Time } from '@/components/ui/time';
import { fetchJson } from '@/lib/fetch-json';
import { routes } from '@/lib/routes';
import { runOptions } from '@/lib/runs/query-options';
import { shortRunId } from '@/lib/runs/run-name';
import type { FileTimeline } from '@/lib/versions/schemas';
import type { RestoreState } from './use-restore';

const POLL_MS = 600;

interface RestoreNoticeProps {
  file: FileTimeline;
  restore: RestoreState;
  mayDelete: boolean;
}

/** What a restore has just done, the run it caused, and the way back. */
export function RestoreNotice({ file, restore, mayDelete }: RestoreNoticeProps) {
  const t = useTranslations('versions.restored');
  const { done, error, isPending } = restore;
  if (error) return <Failure error={error} title={t('failed')} />;
  if (!done) return null;
  const isMade = done.outcome === 'restored' || done.outcome === 'deleted';
  // To undo the return of a deleted file is to delete it.
  const mayUndo = isMade && !done.isUndo && (done.before !== null || mayDelete);
  return (
    <section className="panel flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3" role="status">
      <State state={isMade ? 'succeeded' : 'waiting'}>{t(done.isUndo && isMade ? 'undone' : done.outcome)}</State>
      {done.fromAt !== undefined && isMade && (
        <span className="muted">
          {t('from')} <Time value={done.fromAt} withSeconds />
        </span>
      )}
      {isMade && file.zone === 'raw' && done.versionId && <CausedRun fileKey={file.key} versionId={done.versionId} />}
      <span className="grow" />
      {mayUndo && (
        <Button size="sm" icon={Undo2} isPending={isPending} onClick={restore.undo}>
          {t('undo')}
        </Button>
      )}
    </section>
  );
}

/** The run that a version causes, as soon as its first step has looked at the file. */
function CausedRun({ fileKey, versionId }: { fileKey: string; versionId: string }) {
  const t = useTranslations();
  const { data: found } = useQuery({
    queryKey: ['runs', 'of', fileKey, versionId],
    queryFn: ({ signal }) =>
      fetchJson<{ run: { id: string } | null }>(
        `/api/uploads/run?${new URLSearchParams({ key: fileKey, versionId })}`,
        {
          signal,
        },
      ),
    refetchInterval: ({ state: { data } }) => (data?.run ? false : POLL_MS),
  });
  const id = found?.run?.id;
  const options = runOptions(id ?? '');
  const { data: run } = useQuery({ ...options, queryFn: id ? options.queryFn : skipToken });
  if (!id) return <State state="waiting">{t('versions.restored.waiting')}</State>;
  return (
    <span className="inline-flex items-center gap-2">
      <State state={run?.state ?? 'running'}>{t(`states.${run?.state ?? 'running'}`)}</State>
      <Link href={routes.run(id) as Route}>{t('versions.run', { id: shortRunId(id) })}</Link>
    </span>
  );
}
