'use client';
import { useTranslations } from 'next-intl';
import { Failure } from '@/components/shell/failure';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import type { Chosen } from '@/lib/storage/gather-files';
import type { EditableZone } from '@/lib/storage/schemas';
import { ChangeProgress } from './change-progress';
import { Downstream } from './downstream';
import { FileName } from './file-name';
import { GatheredCount } from './gathered-count';
import { KeyList } from './key-list';
import { useChange } from './use-change';
import type { FinishedChange } from './use-finished';
import { useGathered } from './use-gathered';

interface DeleteDialogProps {
  zone: EditableZone;
  chosen: readonly Chosen[];
  onClose: () => void;
  onFinished: (change: FinishedChange) => void;
}

/** Says how many files go, and which tables lose their rows, before anything is done. */
export function DeleteDialog({ zone, chosen, onClose, onFinished }: DeleteDialogProps) {
  const t = useTranslations('files');
  const tCommon = useTranslations('common');
  const { gathered, isDone, error } = useGathered(zone, chosen);
  const { run, running } = useChange((change) => {
    onClose();
    onFinished(change);
  });
  const count = gathered.files.length;
  const isReady = isDone && count > 0 && !gathered.isTooMany;
  const remove = () =>
    run(
      'delete',
      zone,
      gathered.files.map(({ key }) => ({ key })),
    );
  return (
    <Dialog
      isOpen
      onOpenChange={() => !running && onClose()}
      title={t('deleteTitle')}
      description={t('deleteBody')}
      footer={
        running ? (
          <ChangeProgress {...running} />
        ) : (
          <>
            <Button variant="ghost" onClick={onClose}>
              {tCommon('cancel')}
            </Button>
            <Button variant="danger" isDisabled={!isReady} onClick={remove}>
              {t('deleteFiles', { count })}
            </Button>
          </>
        )
      }
    >
      {error ? (
        <Failure error={error} isInForm />
      ) : (
        <div className="grid gap-3">
          <GatheredCount gathered={gathered} isDone={isDone} />
          <KeyList label={t('chosen', { count: chosen.length })}>
            {chosen.map(({ key }) => (
              <li key={key} className="mono">
                <FileName name={key} />
              </li>
            ))}
          </KeyList>
          {zone === 'raw' && isReady && <Downstream keys={gathered.files.map(({ key }) => key)} />}
        </div>
      )}
    </Dialog>
  );
}
