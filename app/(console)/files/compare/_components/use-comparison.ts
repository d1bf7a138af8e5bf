'use client';
import { useEffect, useState } from 'react';
import type { ErrorReport } from '@/lib/errors';
import { reportFrom } from '@/lib/fetch-json';
import type { CompareProblem, Comparison } from '@/lib/languages/compare/comparison.ts';
import type { CompareEvent } from '@/lib/versions/schemas';

export interface ComparisonState {
  progress?: Extract<CompareEvent, { type: 'progress' }>;
  comparison?: Comparison;
  problem?: CompareProblem;
  error?: ErrorReport;
  isCancelled?: boolean;
}

/** Listens to a comparison as it goes; leaving the page, or cancelling, ends it where it runs. */
export function useComparison(url: string, isWanted: boolean): ComparisonState {
  const [state, setState] = useState<ComparisonState>({});
  useEffect(() => {
    if (!isWanted) return;
    const stop = new AbortController();
    listen(url, stop.signal, (event) => setState((before) => ({ ...before, ...stateOf(event) }))).catch((error) => {
      if (!stop.signal.aborted) setState({ error: reportFrom(error) });
    });
    return () => stop.abort();
  }, [url, isWanted]);
  return state;
}

function stateOf(event: CompareEvent): ComparisonState {
  if (event.type === 'progress') return { progress: event };
  if (event.type === 'done') return { comparison: event.comparison };
  return event.type === 'refused' ? { problem: event.problem } : { error: event.error };
}

async function listen(url: string, signal: AbortSignal, onEvent: (event: CompareEvent) => void): Promise<void> {
  const response = await fetch(url, { signal });
  if (!response.ok || !response.body) {
    const { error } = (await response.json()) as { error: ErrorReport };
    return onEvent({ type: 'failed', error });
  }
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    const lines = (rest + read.value).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onEvent(JSON.parse(line) as CompareEvent);
  }
}
