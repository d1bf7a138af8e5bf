'use client';
import { useTranslations } from 'next-intl';
import { Dialog } from 'radix-ui';
import { type KeyboardEvent, useSyncExternalStore } from 'react';
import type { Zone } from '@/lib/storage/schemas';
import { FilePreviewCard } from './file-preview-card';
import styles from './files.module.css';

interface PreviewPanelProps {
  zone: Zone;
  fileKey: string;
  onClose: () => void;
}

/** Beside the list where there is room for both, so that the list stays in use; over it where there is not. */
export function PreviewPanel(props: PreviewPanelProps) {
  const t = useTranslations('preview');
  const isWide = useSyncExternalStore(watchWidth, () => matchMedia(WIDE).matches);
  if (isWide) {
    const onKeyDown = (event: KeyboardEvent) => event.key === 'Escape' && props.onClose();
    return (
      <section className={styles.aside} aria-label={t('title')} onKeyDown={onKeyDown}>
        <FilePreviewCard {...props} Heading="h2" />
      </section>
    );
  }
  return (
    <Dialog.Root open onOpenChange={props.onClose}>
      <Dialog.Portal>
        <Dialog.Overlay className="scrim" />
        <Dialog.Content className={styles.drawer} aria-describedby={undefined}>
          <FilePreviewCard {...props} Heading={Dialog.Title} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

const WIDE = '(min-width: 1100px)';

function watchWidth(onChange: () => void) {
  const query = matchMedia(WIDE);
  query.addEventListener('change', onChange);
  return () => query.removeEventListener('change', onChange);
}
