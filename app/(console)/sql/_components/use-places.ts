'use client';
import { useEffect, useRef, useState } from 'react';
import type { EditorSelection } from '@/components/editor/sql-editor';
import { type ParameterPlace, parameterPlaces } from '@/lib/query/parameters';
import type { QueryParameter } from '@/lib/query/saved/parameters';
import { statementAt } from '@/lib/query/statement-at';

const PAUSE_MS = 150;

interface Places {
  /** How many `?` the whole text has. */
  count: number;
  /** Those of the statement at the cursor, or of what is selected. */
  places: readonly ParameterPlace[];
}

/** The `?` of what would be run, by the names that the saved query gives them as long as the text has one for each. */
export function usePlaces(first: EditorSelection, named: readonly QueryParameter[] = []) {
  const [{ count, places }, setPlaces] = useState(() => placesOf(first));
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const follow = (selection: EditorSelection) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      const found = placesOf(selection);
      setPlaces((before) => (isSame(before, found) ? before : found));
    }, PAUSE_MS);
  };
  const names = named.length === count ? named.map(({ name }) => name) : [];
  return { places: places.map((place) => ({ ...place, name: names[place.ordinal] ?? place.name })), names, follow };
}

function placesOf({ text, from, to }: EditorSelection): Places {
  if (!text.includes('?')) return { count: 0, places: [] };
  const part = to > from ? { from, to } : statementAt(text, from);
  const all = parameterPlaces(text);
  return { count: all.length, places: all.filter(({ offset }) => part.from <= offset && offset < part.to) };
}

function isSame({ count, places: one }: Places, { count: otherCount, places: other }: Places): boolean {
  return (
    count === otherCount &&
    one.length === other.length &&
    one.every(({ ordinal, name }, index) => ordinal === other[index]?.ordinal && name === other[index]?.name)
  );
}
