'use client';
import { useTranslations } from 'next-intl';
import { type FormEvent, useId, useState } from 'react';
import { Failure } from '@/components/shell/failure';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import type { Chosen } from '@/lib/storage/gather-files';
import type { Zone } from '@/lib/storage/schemas';
import { isTargetKey, keysInFolder, keysRenamed, nameOf } from '@/lib/storage/target-keys';
import { ChangeProgress } from './change-progress';
import { Downstream } from './downstream';
import { FolderOptions } from './folder-options';
import { GatheredCount } from './gathered-count';
import { TargetList } from './target-list';
import { useChange } from './use-change';
import type { FinishedChange } from './use-finished';
import { useGathered } from './use-gathered';
import { useTargets } from './use-targets';

interface CopyDialogProps {
  mode: 'copy' | 'move' | 'rename';
  zone: Zone;
  prefix: string;
  chosen: readonly Chosen[];
  /** Whether the person's role can take copies away again. */
  canUndo: boolean;
  onClose: () => void;
  onFinished: (change: FinishedChange) => void;
}

/** Where to, what each file is called there, and what is there already: all seen before anything is done. */
export function CopyDialog({ mode, zone, prefix, chosen, canUndo, onClose, onFinished }: CopyDialogProps) {
  const t = useTranslations('files');
  const tCommon = useTranslations('common');
  const form = useId();
  const [first] = chosen;
  const [typed, setTyped] = useState(mode === 'rename' && first ? nameOf(first) : prefix.replace(/\/$/, ''));
  const { gathered, isDone, error } = useGathered(zone, chosen);
  const { run, running } = useChange((change) => {
    onClose();
    onFinished(change);
  });
  const { files } = gathered;
  const pairs = mode === 'rename' && first ? keysRenamed(files, first, typed) : keysInFolder(files, prefix, typed);
  const isSame = zone === 'raw' && pairs.every(({ key, to }) => key === to);
  const wrong = typed === '' ? undefined : pairs.find(({ to }) => !isTargetKey(to));
  const isReady = isDone && typed !== '' && !wrong && !isSame && files.length > 0 && !gathered.isTooMany;
  const targets = useTargets(isReady ? pairs : []);
  const verb = mode === 'copy' ? 'copy' : 'move';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isReady && targets.isDone) void run(verb, zone, targets.withSeen);
  };
  return (
    <Dialog
      isOpen
      onOpenChange={() => !running && onClose()}
      title={t(`${mode}Title`)}
      description={t(`${mode}Body`)}
      footer={
        running ? (
          <ChangeProgress {...running} />
        ) : (
          <>
            <Button variant="ghost" onClick={onClose}>
              {tCommon('cancel')}
            </Button>
            <Button variant="primary" type="submit" form={form} isDisabled={!isReady || !targets.isDone}>
              {t(`${mode}Files`, { count: files.length })}
            </Button>
          </>
        )
      }
    >
      {error ? (
        <Failure error={error} isInForm />
      ) : (
        <form id={form} className="grid gap-3" onSubmit={submit}>
          <GatheredCount gathered={gathered} isDone={isDone} />
          <Field
            label={t(mode === 'rename' ? 'newName' : 'folder')}
            hint={mode === 'rename' ? undefined : t('folderHint')}
            {...(wrong ? { error: t('wrongTarget') } : {})}
          >
            {(control) => (
              <>
                <Input
                  {...control}
                  isMono
                  required
                  autoFocus
                  autoComplete="off"
                  spellCheck={false}
                  value={typed}
                  list={`${form}-folders`}
                  onChange={(event) => setTyped(event.target.value)}
                />
                {mode !== 'rename' && <FolderOptions id={`${form}-folders`} typed={typed} />}
              </>
            )}
          </Field>
          {isSame && isDone && <p className="muted">{t('sameTarget')}</p>}
          {isReady && <TargetList pairs={pairs} targets={targets} />}
          {isReady && mode !== 'copy' && zone === 'raw' && <Downstream keys={files.map(({ key }) => key)} />}
          {!canUndo && <p className="muted">{t('noUndo')}</p>}
        </form>
      )}
    </Dialog>
  );
}
