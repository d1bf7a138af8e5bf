'use client';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import styles from './upload-desk.module.css';
import type { Twin } from './upload-item';
import type { UploadStore } from './upload-store';

/** The same bytes are there already: said before they travel again. */
export function RowTwin({ store, id, twin }: { store: UploadStore; id: string; twin: Twin }) {
  const t = useTranslations('upload.twin');
  return (
    <div className={styles.aside}>
      <div className="min-w-0">
        <p className="font-medium">
          {t.rich(twin.kind, { key: () => <span className="mono break-all">{twin.name}</span> })}
        </p>
        <p className="muted">{t(`${twin.kind}Hint`)}</p>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => void store.remove(id)}>{t('skip')}</Button>
        <Button variant="ghost" onClick={() => store.acceptTwin(id)}>
          {t('sendAnyway')}
        </Button>
      </div>
    </div>
  );
}
