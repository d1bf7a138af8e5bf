'use client';
import { useEffect, useRef, useState } from 'react';
import type { EditorSelection } from '@/components/editor/sql-editor';
import { type ParameterPlace, parameterPlaces } from '@/lib/query/parameters';
import { statementAt } from '@/lib/query/statement-at';

const PAUSE_MS = 150;

/** The `?` of what would be run: of the statement at the cursor, or of what is selected. */
export function usePlaces(first: EditorSelection) {
  const [places, setPlaces] = useState(() => placesOf(first));
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const follow = (selection: EditorSelection) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      const found = placesOf(selection);
      setPlaces((before) => (isSame(before, found) ? before : found));
    }, PAUSE_MS);
  };
  return { places, follow };
}

function placesOf({ text, from, to }: EditorSelection): ParameterPlace[] {
  if (!text.includes('?')) return [];
  const part = to > from ? { from, to } : statementAt(text, from);
  return parameterPlaces(text).filter(({ offset }) => part.from <= offset && offset < part.to);
}

function isSame(one: readonly ParameterPlace[], other: readonly ParameterPlace[]): boolean {
  return (
    one.length === other.length &&
    one.every(({ ordinal, name }, index) => ordinal === other[index]?.ordinal && name === other[index]?.name)
  );
}
