'use client';
import type { Route } from 'next';
import { useRouter } from 'next/navigation';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { routes } from '@/lib/routes';
import { DropZone } from './drop-zone';
import { browserEffects } from './upload-effects';
import { UploadList } from './upload-list';
import { UploadStore } from './upload-store';

const NOTHING: UploadStore['items'] = [];

/** Drop files, see what they are and where they will go, send them, and follow each to its run. */
export function UploadDesk({ known, canKeep }: { known: readonly string[]; canKeep: boolean }) {
  const router = useRouter();
  const [store] = useState(() => new UploadStore(known, browserEffects));
  const items = useSyncExternalStore(store.subscribe, store.snapshot, () => NOTHING);

  // The browser asks before it leaves a page that is still sending.
  const isSending = items.some((item) => store.phase(item) === 'sending' || store.phase(item) === 'queued');
  useEffect(() => {
    if (!isSending) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isSending]);

  // Whoever sends a single file wants to see what becomes of it.
  const onlyRun = items.length === 1 ? items[0]?.runId : undefined;
  useEffect(() => {
    if (onlyRun) router.push(routes.run(onlyRun) as Route);
  }, [onlyRun, router]);

  return (
    <>
      <DropZone onFiles={(files) => store.add(files)} />
      <datalist id="datasets">
        {known.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      {items.length > 0 && <UploadList store={store} items={items} canKeep={canKeep} />}
    </>
  );
}
