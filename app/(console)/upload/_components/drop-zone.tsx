'use client';
import clsx from 'clsx';
import { Folder } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type DragEvent, useRef, useState } from 'react';
import { Basin } from '@/components/ui/basin';
import { Button } from '@/components/ui/button';
import { type Drop, droppedFiles, handledFiles, pickedFiles } from './dropped-files';
import { hasPicker, pickHandles } from './file-handles';
import styles from './upload-desk.module.css';

/** Where files are dropped, or chosen by those who do not drag. */
export function DropZone({ onFiles }: { onFiles: (drop: Drop) => void }) {
  const t = useTranslations('upload');
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);
  const drop = async (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    onFiles(await droppedFiles(event.dataTransfer));
  };
  // A picker that gives handles lets an upload go on after the tab is closed, without the file being chosen again.
  const choose = async () => {
    if (hasPicker()) onFiles(await handledFiles(await pickHandles()));
    else files.current?.click();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be read as a form; this is a place with two buttons.
    <div
      role="group"
      aria-label={t('drop')}
      className={clsx(styles.drop, isOver && styles.over)}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={drop}
    >
      <span className="max-sm:hidden">
        <Basin />
      </span>
      <div className="min-w-0">
        <p className="text-md font-medium">
          {t.rich('dropOrChoose', {
            choose: (text) => (
              <button type="button" className={styles.choose} onClick={choose}>
                {text}
              </button>
            ),
          })}
        </p>
        <p className="muted">{t('dropHint')}</p>
      </div>
      <Button size="lg" icon={Folder} onClick={() => folder.current?.click()}>
        {t('chooseFolder')}
      </Button>
      <input
        ref={files}
        type="file"
        multiple
        className="sr-only"
        tabIndex={-1}
        aria-label={t('chooseFiles')}
        onChange={(event) => {
          onFiles(pickedFiles(event.target.files));
          event.target.value = '';
        }}
      />
      <input
        ref={folder}
        type="file"
        // @ts-expect-error React's types do not know it, every browser does: https://developer.mozilla.org/docs/Web/API/HTMLInputElement/webkitdirectory
        webkitdirectory=""
        className="sr-only"
        tabIndex={-1}
        aria-label={t('chooseFolder')}
        onChange={(event) => {
          onFiles(pickedFiles(event.target.files));
          event.target.value = '';
        }}
      />
    </div>
  );
}
