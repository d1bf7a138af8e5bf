'use client';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Kbd } from '@/components/ui/tag';
import {
  COMMANDS,
  EDITOR_KEYS,
  type EditorCommand,
  KEYS,
  type Keys,
  keyNames,
  TREE_KEYS,
  type TreeCommand,
} from './shortcuts';
import { isMac } from './use-commands';
import styles from './workbench.module.css';

/** Everything that keys can do here, as they are on this person's keyboard. */
export function ShortcutList({ onClose }: { onClose: () => void }) {
  const t = useTranslations('sql.shortcuts');
  const common = useTranslations('common');
  const lists = [
    { title: t('workbench'), entries: COMMANDS.map((command) => ({ label: t(command), keys: KEYS[command] })) },
    {
      title: t('inEditor'),
      entries: (Object.keys(EDITOR_KEYS) as EditorCommand[]).map((command) => ({
        label: t(command),
        keys: EDITOR_KEYS[command],
      })),
    },
    {
      title: t('inTree'),
      entries: (Object.keys(TREE_KEYS) as TreeCommand[]).map((command) => ({
        label: t(command),
        keys: TREE_KEYS[command],
      })),
    },
  ];
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={t('title')}
      description={t('hint')}
      footer={
        <Button variant="primary" onClick={onClose}>
          {common('close')}
        </Button>
      }
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and who uses no pointer must be able to scroll it. */}
      <section className={styles.shortcuts} aria-label={t('title')} tabIndex={0}>
        {lists.map(({ title, entries }) => (
          <div key={title}>
            <h3 className="faint pb-1 text-2xs">{title}</h3>
            <dl>
              {entries.map((entry) => (
                <div key={entry.label} className="flex items-center justify-between gap-4 py-0.5 text-xs">
                  <dt>{entry.label}</dt>
                  <dd>
                    <KeyCaps keys={entry.keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </div>
        ))}
      </section>
    </Dialog>
  );
}

export function KeyCaps({ keys }: { keys: Keys & { ctrl?: boolean } }) {
  return (
    <span className="inline-flex gap-0.5">
      {keyNames(keys, isMac()).map((name) => (
        <Kbd key={name}>{name}</Kbd>
      ))}
    </span>
  );
}
