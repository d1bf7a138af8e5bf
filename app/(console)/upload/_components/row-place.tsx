'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Input } from '@/components/ui/input';
import { DATASET_NAME, objectKey } from '@/lib/storage/object-key';
import type { UploadItem } from './upload-item';
import type { UploadStore } from './upload-store';

/** Which dataset the file belongs to, and where in S3 it will be. */
export function RowPlace({ store, item, bucket }: { store: UploadStore; item: UploadItem; bucket: string }) {
  const t = useTranslations('upload');
  // What is being written becomes the dataset when it is done: every letter would look the file through again.
  const [draft, setDraft] = useState(item.dataset);
  const name = draft.trim();
  const isName = DATASET_NAME.test(name);
  const noteId = `place-${item.id}`;
  return (
    <form
      className="min-w-0"
      onSubmit={(event) => {
        event.preventDefault();
        store.setDataset(name, item.id);
      }}
    >
      <div className="flex items-center gap-2">
        <label className="muted text-xs" htmlFor={`dataset-${item.id}`}>
          {t('dataset')}
        </label>
        <Input
          id={`dataset-${item.id}`}
          isMono
          list="datasets"
          autoComplete="off"
          spellCheck={false}
          value={draft}
          aria-describedby={noteId}
          aria-invalid={isName ? undefined : true}
          onChange={(event) => setDraft(event.target.value)}
          onBlur={() => name !== item.dataset && store.setDataset(name, item.id)}
        />
      </div>
      <div id={noteId} className={isName ? 'faint mono mt-0.5 break-all text-xs' : 'mt-0.5 text-failed text-xs'}>
        {isName ? `s3://${bucket}/${objectKey(name, item.path)}` : t('badDataset')}
      </div>
    </form>
  );
}
