import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { ProgressBar } from '@/components/ui/progress';
import type { BatchProgress } from '@/lib/storage/in-batches';
import styles from './files.module.css';

/** An undo on its way; it can be stopped between two batches. */
export function UndoProgress({ progress: { done, total }, onStop }: { progress: BatchProgress; onStop: () => void }) {
  const t = useTranslations('files');
  return (
    <div className={styles.bar}>
      <span>{t('undoing', { done, total })}</span>
      <span className="grow">
        <ProgressBar label={t('undoing', { done, total })} share={total === 0 ? 0 : done / total} />
      </span>
      <Button size="sm" onClick={onStop}>
        {t('stop')}
      </Button>
    </div>
  );
}
