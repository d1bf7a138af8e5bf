'use client';
import { Keyboard, Plus, SquareTerminal, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { IconButton } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { isUnsaved, type TabStore, type WorkTab, type WorkTabs } from './tab-store';
import styles from './workbench.module.css';

interface WorkTabListProps {
  store: TabStore;
  state: WorkTabs;
  onShortcuts: () => void;
}

/**
 * The tabs, as the ARIA pattern has them: arrows move, Delete closes. A button within a tab would be out of reach for
 * assistive technology, so that closing has one of its own behind the tabs.
 * https://www.w3.org/WAI/ARIA/apg/patterns/tabs/
 */
export function WorkTabList({ store, state, onShortcuts }: WorkTabListProps) {
  const t = useTranslations('sql');
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current
      ?.querySelector(`#tab-${CSS.escape(state.current)}`)
      ?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [state]);
  const move = (event: KeyboardEvent, index: number) => {
    const { tabs } = state;
    const last = tabs.length - 1;
    const to = {
      ArrowLeft: index === 0 ? last : index - 1,
      ArrowRight: index === last ? 0 : index + 1,
      Home: 0,
      End: last,
    };
    const next = tabs[to[event.key as keyof typeof to] ?? -1];
    if (event.key === 'Delete') store.close(tabs[index]?.id ?? '');
    else if (next) store.select(next.id);
    else return;
    event.preventDefault();
    requestAnimationFrame(() => document.getElementById(`tab-${store.current.id}`)?.focus());
  };
  return (
    <div className={styles.tabs}>
      <div ref={list} className={`tabs !border-0 !px-1 ${styles.tabList}`} role="tablist" aria-label={t('tabs')}>
        {state.tabs.map((tab, index) => {
          const isCurrent = tab.id === state.current;
          return (
            <button
              key={tab.id}
              id={`tab-${tab.id}`}
              type="button"
              role="tab"
              aria-selected={isCurrent}
              aria-controls={isCurrent ? `panel-${tab.id}` : undefined}
              data-state={isCurrent ? 'active' : 'inactive'}
              tabIndex={isCurrent ? 0 : -1}
              className="tab"
              onClick={() => store.select(tab.id)}
              onAuxClick={(event) => event.button === 1 && store.close(tab.id)}
              onKeyDown={(event) => move(event, index)}
            >
              <Icon of={SquareTerminal} size="s" />
              <TabTitle tab={tab} />
            </button>
          );
        })}
      </div>
      <IconButton icon={Plus} size="sm" label={t('newTab')} onClick={() => store.openEmpty()} />
      <span className="grow" />
      <IconButton icon={Keyboard} size="sm" label={t('shortcuts.title')} onClick={onShortcuts} />
      <IconButton icon={X} size="sm" label={t('closeTab')} onClick={() => store.close(state.current)} />
    </div>
  );
}

function TabTitle({ tab }: { tab: WorkTab }) {
  const t = useTranslations('sql');
  return (
    <>
      <span className="max-w-48 truncate">{tab.saved?.name ?? t('untitled', { number: tab.number })}</span>
      {isUnsaved(tab) && (
        <span className="faint" title={t('unsaved')}>
          <span aria-hidden="true">•</span>
          <span className="sr-only">{t('unsaved')}</span>
        </span>
      )}
    </>
  );
}
