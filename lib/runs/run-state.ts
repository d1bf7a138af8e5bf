import type { RunState } from '@/lib/languages/contract/run-state.ts';

/** Tells whether nothing more will happen to a run in this state. */
export function isOver(state: RunState): boolean {
  return state !== 'running' && state !== 'waiting';
}
