'use client';
import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { type FocusEvent, useLayoutEffect, useRef, useState } from 'react';
import styles from './upload-desk.module.css';
import { phaseOf, type UploadItem } from './upload-item';
import { UploadRow } from './upload-row';
import type { UploadStore } from './upload-store';

const ROW_PX = 62;

interface UploadRowsProps {
  store: UploadStore;
  items: readonly UploadItem[];
  bucket: string;
  canKeep: boolean;
}

/** However many files there are, only those in sight are drawn; the page scrolls, and not the list in it. */
export function UploadRows({ store, items, bucket, canKeep }: UploadRowsProps) {
  // The virtualizer changes under the same reference: https://github.com/TanStack/virtual/issues/736
  'use no memo';
  const list = useRef<HTMLUListElement>(null);
  const [top, setTop] = useState(0);
  // The row that a person is in stays, however far it is scrolled away: what is being written there must not be lost.
  const [focused, setFocused] = useState<number>();
  useLayoutEffect(() => {
    const page = list.current?.closest('main');
    if (!list.current || !page) return;
    setTop(list.current.getBoundingClientRect().top - page.getBoundingClientRect().top + page.scrollTop);
  });
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => list.current?.closest('main') ?? null,
    getItemKey: (index) => items[index]?.id ?? index,
    estimateSize: () => ROW_PX,
    initialRect: { width: 1000, height: 1000 },
    scrollMargin: top,
    overscan: 6,
    rangeExtractor: (range) => withFocused(range, focused),
  });
  const asks = firstOfEach(items.filter((item) => phaseOf(item) === 'unconfirmed'));
  const onFocus = ({ target }: FocusEvent) => setFocused(indexOfRow(target));
  const onBlur = ({ relatedTarget }: FocusEvent) => setFocused(relatedTarget ? indexOfRow(relatedTarget) : undefined);
  return (
    <ul
      ref={list}
      className={styles.rows}
      style={{ height: virtualizer.getTotalSize() }}
      onFocus={onFocus}
      onBlur={onBlur}
    >
      {virtualizer.getVirtualItems().map(({ index, start }) => {
        const item = items[index];
        if (!item) return null;
        return (
          <li
            key={item.id}
            ref={virtualizer.measureElement}
            className={styles.item}
            style={{ transform: `translateY(${start - top}px)` }}
            data-index={index}
            aria-label={item.path}
            aria-posinset={index + 1}
            aria-setsize={items.length}
          >
            <UploadRow store={store} item={item} bucket={bucket} canKeep={canKeep} asksForContract={asks.has(item)} />
          </li>
        );
      })}
    </ul>
  );
}

function withFocused(range: Range, focused: number | undefined): number[] {
  const inSight = defaultRangeExtractor(range);
  if (focused === undefined || focused >= range.count || inSight.includes(focused)) return inSight;
  return [...inSight, focused].sort((a, b) => a - b);
}

function indexOfRow(target: Element): number | undefined {
  const index = target.closest('[data-index]')?.getAttribute('data-index');
  return index === null || index === undefined ? undefined : Number(index);
}

/** One yes is enough for a dataset: the first of its files asks for it. */
function firstOfEach(items: readonly UploadItem[]): Set<UploadItem> {
  return new Set([...Map.groupBy(items, (item) => item.dataset).values()].flatMap(([first]) => first ?? []));
}
