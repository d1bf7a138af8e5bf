'use client';
import { useEffect, useRef, useState } from 'react';
import { findPastTables, keepPastTables } from '@/lib/query/query-options';
import type { PastProgress, PastTable } from '@/lib/query/schemas';

/** Less than this is copied without a question: it takes a second or two and costs next to nothing. */
const ASK_FROM = { files: 200, bytes: 100_000_000 };

export interface Past {
  /** Tables of the past that the statement reads; empty for one that reads the present. */
  tables: readonly PastTable[];
  /** Set while the person is asked whether so much shall be copied. */
  answer: ((isYes: boolean) => void) | undefined;
  progress: PastProgress | undefined;
  isPreparing: boolean;
  cancel: () => void;
  /** Makes what the statement reads of the past; resolves to false where the person would rather not. */
  prepare: (sql: string) => Promise<boolean>;
}

const NOTHING = { tables: [], answer: undefined, progress: undefined, isPreparing: false } as const;

/** Brings the tables of the past that a statement reads to where Athena can read them, before it is sent. */
export function usePast(): Past {
  const [state, setState] = useState<Omit<Past, 'cancel' | 'prepare'>>(NOTHING);
  const stop = useRef<AbortController>(undefined);
  const decline = useRef<() => void>(undefined);
  // A question that nobody sees any more is answered by no.
  useEffect(() => () => decline.current?.(), []);
  const change = (changed: Partial<typeof state>) => setState((before) => ({ ...before, ...changed }));

  const ask = () =>
    new Promise<boolean>((resolve) => {
      decline.current = () => resolve(false);
      stop.current?.signal.addEventListener('abort', () => resolve(false));
      change({ answer: resolve });
    });
  const prepare = async (sql: string): Promise<boolean> => {
    setState(NOTHING);
    if (!sql.includes('@')) return true;
    const controller = new AbortController();
    const { signal } = controller;
    stop.current = controller;
    change({ isPreparing: true });
    try {
      const tables = await findPastTables(sql, signal);
      change({ tables });
      if (isLarge(tables) && !(await ask())) return false;
      change({ answer: undefined });
      if (tables.some(({ copyCount }) => copyCount > 0))
        await keepPastTables(sql, { signal, onProgress: (progress) => change({ progress }) });
      return !signal.aborted;
    } catch (error) {
      if (signal.aborted) return false;
      throw error;
    } finally {
      change({ answer: undefined, progress: undefined, isPreparing: false });
    }
  };
  return { ...state, cancel: () => stop.current?.abort(), prepare };
}

function isLarge(tables: readonly PastTable[]): boolean {
  const sum = (pick: (table: PastTable) => number) => tables.reduce((total, table) => total + pick(table), 0);
  return sum(({ copyCount }) => copyCount) > ASK_FROM.files || sum(({ copyBytes }) => copyBytes) > ASK_FROM.bytes;
}
