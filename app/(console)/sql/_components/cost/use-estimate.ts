'use client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { estimateOptions } from '@/lib/query/query-options';
import type { Statement } from '@/lib/query/statement-at';
import { statementOf } from '../use-statement';
import type { DraftText } from './draft-text';

/** A person who writes is not asked about between two keys. */
const PAUSE_MS = 350;

/** The statement that would be run, and what it would cost; an answer to what was written before is not waited for. */
export function useEstimate(draft: DraftText) {
  const [statement, setStatement] = useState<Statement>(() => statementOf(draft.value));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = draft.subscribe(() => {
      clearTimeout(timer);
      timer = setTimeout(() => setStatement(statementOf(draft.value)), PAUSE_MS);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [draft]);
  const { data, error, isFetching, isPlaceholderData } = useQuery({
    ...estimateOptions(statement.sql),
    enabled: statement.sql !== '',
    placeholderData: keepPreviousData,
  });
  return {
    statement,
    estimate: statement.sql === '' ? undefined : data,
    error,
    isFetching,
    isOfBefore: isPlaceholderData,
  };
}
