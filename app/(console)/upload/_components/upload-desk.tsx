'use client';
import type { Route } from 'next';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useDeferredValue, useEffect, useState, useSyncExternalStore } from 'react';
import { Failure } from '@/components/shell/failure';
import { ErrorPanel } from '@/components/ui/error-panel';
import { routes } from '@/lib/routes';
import { DropZone } from './drop-zone';
import type { Drop } from './dropped-files';
import { UnfinishedList } from './unfinished-list';
import { browserEffects } from './upload-effects';
import { phaseOf } from './upload-item';
import { UploadList } from './upload-list';
import { UploadStore } from './upload-store';
import { useUnfinished } from './use-unfinished';

const NOTHING: ReturnType<UploadStore['snapshot']> = [];

interface UploadDeskProps {
  known: readonly string[];
  canKeep: boolean;
  /** The raw zone's. */
  bucket: string;
  person: string;
}

/** Drop files, see what they are and where they will go, send them, and follow each to its run. */
export function UploadDesk({ known, canKeep, bucket, person }: UploadDeskProps) {
  const [store] = useState(() => new UploadStore(known, browserEffects(person)));
  const items = useSyncExternalStore(store.subscribe, store.snapshot, () => NOTHING);
  // Hundreds of rows may change at once: they are drawn in slices, between which the page answers.
  const drawn = useDeferredValue(items);
  const unfinished = useUnfinished(store, person);
  const t = useTranslations('upload.unfinished');
  const [unreadable, setUnreadable] = useState<readonly string[]>([]);
  const add = (drop: Drop) => {
    setUnreadable(drop.unreadable);
    store.add(unfinished.takeUpSame(drop.files));
  };
  useLeaving(items.some((item) => phaseOf(item) === 'sending' || phaseOf(item) === 'queued'));
  useOnlyRun(items.length === 1 ? items[0]?.runId : undefined);
  useOnline(store);
  return (
    <>
      <DropZone onFiles={add} />
      {unreadable.length > 0 && <Unreadable paths={unreadable} />}
      <datalist id="datasets">
        {known.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      {unfinished.error && <Failure error={unfinished.error} title={t('notListed')} isInForm />}
      {unfinished.list.length > 0 && <UnfinishedList unfinished={unfinished} bucket={bucket} />}
      {drawn.length > 0 && <UploadList store={store} items={drawn} bucket={bucket} canKeep={canKeep} />}
    </>
  );
}

const SHOWN_MAX = 5;

function Unreadable({ paths }: { paths: readonly string[] }) {
  const t = useTranslations('upload.unreadable');
  const shown = paths.slice(0, SHOWN_MAX).join(', ');
  return (
    <ErrorPanel
      tone="rejected"
      title={t('title', { count: paths.length })}
      body={
        <>
          <span className="mono">{shown}</span>
          {paths.length > SHOWN_MAX && ` ${t('more', { count: paths.length - SHOWN_MAX })}`}. {t('todo')}
        </>
      }
    />
  );
}

/** The browser asks before it leaves a page that is still sending. */
function useLeaving(isSending: boolean): void {
  useEffect(() => {
    if (!isSending) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isSending]);
}

/** Whoever sends a single file wants to see what becomes of it. */
function useOnlyRun(runId: string | undefined): void {
  const router = useRouter();
  useEffect(() => {
    if (runId) router.push(routes.run(runId) as Route);
  }, [runId, router]);
}

/** What failed for the line's sake goes on when the line is back. */
function useOnline(store: UploadStore): void {
  useEffect(() => {
    const resume = () => store.resumeAfterOutage();
    window.addEventListener('online', resume);
    return () => window.removeEventListener('online', resume);
  }, [store]);
}
