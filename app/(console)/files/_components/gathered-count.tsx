'use client';
import { useTranslations } from 'next-intl';
import { Bytes } from '@/components/ui/amount';
import { State } from '@/components/ui/state';
import type { GatheredFiles } from '@/lib/storage/gather-files';
import { CHANGE_MAX_FILES } from '@/lib/storage/zones';

/** How many files it is about, while they are counted and after. */
export function GatheredCount({ gathered, isDone }: { gathered: GatheredFiles; isDone: boolean }) {
  const t = useTranslations('files');
  if (gathered.isTooMany) {
    return (
      <State state="rejected">
        <span className="whitespace-normal">{t('tooMany', { max: CHANGE_MAX_FILES })}</span>
      </State>
    );
  }
  return (
    <p role="status">
      {t('files', { count: gathered.files.length })}, <Bytes value={gathered.sizeBytes} />
      {!isDone && <span className="muted"> {t('counting')}</span>}
    </p>
  );
}
