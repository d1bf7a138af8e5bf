'use client';
import { useState } from 'react';
import type { Chosen } from '@/lib/storage/gather-files';
import type { Entry } from './listing';

/** What is chosen in a folder, on this page of its list and on the pages before. */
export function useSelection(entries: readonly Entry[]) {
  const [chosen, setChosen] = useState<ReadonlyMap<string, Chosen>>(new Map());
  const [anchor, setAnchor] = useState<number>();

  const set = (from: number, to: number, isOn: boolean) => {
    const next = new Map(chosen);
    for (const entry of entries.slice(Math.min(from, to), Math.max(from, to) + 1)) {
      if (isOn) next.set(entry.key, chosenOf(entry));
      else next.delete(entry.key);
    }
    setChosen(next);
  };
  return {
    chosen,
    isAllChosen: entries.length > 0 && entries.every(({ key }) => chosen.has(key)),
    /** Turns one row on or off; `isRange`: as that row, all between it and the row that was turned before. */
    toggle(index: number, isRange = false) {
      const entry = entries[index];
      if (!entry) return;
      set(isRange && anchor !== undefined ? anchor : index, index, !chosen.has(entry.key));
      setAnchor(index);
    },
    /** Takes a row in, as Shift and an arrow do. */
    extend(from: number, to: number) {
      set(from, to, true);
      setAnchor(to);
    },
    choosePage: (isOn: boolean) => set(0, entries.length - 1, isOn),
    clear: () => setChosen(new Map()),
  };
}

export type Selection = ReturnType<typeof useSelection>;

function chosenOf(entry: Entry): Chosen {
  return {
    key: entry.key,
    isFolder: entry.kind === 'folder',
    sizeBytes: entry.kind === 'folder' ? 0 : entry.sizeBytes,
  };
}
