import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { ProgressBar } from '@/components/ui/progress';
import type { BatchProgress } from '@/lib/storage/in-batches';

/** A change on its way, in the place of its dialog's buttons. */
export function ChangeProgress({ progress: { done, total }, onStop }: { progress: BatchProgress; onStop: () => void }) {
  const t = useTranslations('files');
  return (
    <div className="flex grow items-center gap-3" role="status">
      <span className="grow">
        {t('progress', { done, total })}
        <ProgressBar label={t('progress', { done, total })} share={total === 0 ? 0 : done / total} />
      </span>
      <Button size="sm" onClick={onStop}>
        {t('stop')}
      </Button>
    </div>
  );
}
