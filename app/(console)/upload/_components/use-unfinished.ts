'use client';
import { useEffect, useState } from 'react';
import type { ErrorReport } from '@/lib/errors';
import { fetchJson, reportFrom } from '@/lib/fetch-json';
import type { OpenUpload, OpenUploads } from '@/lib/storage/schemas';
import { browserMemory } from '@/lib/storage/upload-memory';
import type { DroppedFile } from './dropped-files';
import { reopen } from './file-handles';
import { heldUploads } from './held-uploads';
import { isSameFile, joinUnfinished, type Mismatch, mismatchOf, recordOf, type Unfinished } from './unfinished';
import type { UploadStore } from './upload-store';

/** Why one could not be taken up; `unreachable`: its handle leads nowhere (any more), or leave was refused. */
export type UnfinishedTrouble = Mismatch | 'unreachable' | { said: string };

/** What was cut off, on this browser and by what S3 still waits for, and what can be done with it. */
export function useUnfinished(store: UploadStore, person: string) {
  const [error, setError] = useState<ErrorReport>();
  const [list, setList] = useState<Unfinished[]>([]);
  const [troubles, setTroubles] = useState<ReadonlyMap<string, UnfinishedTrouble>>(new Map());

  useEffect(() => {
    let isGone = false;
    const show = async (opens: readonly OpenUpload[]) => {
      const [records, held] = await Promise.all([browserMemory.list(person), heldUploads()]);
      if (!isGone) setList(joinUnfinished(records, opens, held));
    };
    // Asked anew at every visit: what a page from before remembers may have arrived since.
    fetchJson<OpenUploads>('/api/uploads').then(
      ({ uploads }) => show(uploads),
      (reason: unknown) => setError(reportFrom(reason)),
    );
    return () => {
      isGone = true;
    };
  }, [person]);

  const trouble = (id: string, what: UnfinishedTrouble) => setTroubles((before) => new Map(before).set(id, what));
  const done = (id: string) => setList((before) => before.filter((each) => each.id !== id));

  const takeUp = (one: Unfinished, { file, handle }: Omit<DroppedFile, 'path'>): boolean => {
    const mismatch = mismatchOf(one, file);
    if (mismatch) trouble(one.id, mismatch);
    if (mismatch) return false;
    const record = recordOf(one, file, person);
    if (one.record?.begun && !one.open) store.putBack(record, file, handle);
    else store.takeUp(record, file, handle ?? one.record?.handle);
    done(one.id);
    return true;
  };

  return {
    error,
    list,
    troubles,
    takeUp,
    /** Goes on by the handle that was kept. */
    async resume(one: Unfinished): Promise<void> {
      const handle = one.record?.handle;
      const file = handle && (await reopen(handle));
      if (!file) return trouble(one.id, 'unreachable');
      takeUp(one, { file, handle });
    },
    async discard(one: Unfinished): Promise<void> {
      try {
        const { key, uploadId } = one.open ?? {};
        if (uploadId) await fetchJson('/api/uploads', { method: 'DELETE', body: { key, uploadId } });
        await browserMemory.forget([one.id]);
        done(one.id);
      } catch (error) {
        trouble(one.id, { said: reportFrom(error).message });
      }
    },
    /** Takes up those of the files that were cut off before; returns the others. */
    takeUpSame(files: readonly DroppedFile[]): DroppedFile[] {
      const left = [...list];
      return files.filter((dropped) => {
        const at = left.findIndex((one) => isSameFile(one, dropped.file));
        const [one] = at < 0 ? [] : left.splice(at, 1);
        return !(one && takeUp(one, dropped));
      });
    },
  };
}
