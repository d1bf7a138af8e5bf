import type { RunState } from './schemas';

/** The error that the state machine's `Rejected` state fails with: the data broke its contract. */
const REJECTED = 'Rejected';

/**
 * Returns the state a person sees for an execution's status.
 * A rejected file is a FAILED execution to Step Functions, told apart by the error of the Fail state that ended it.
 */
export function runState(status: string, error?: string): RunState {
  switch (status) {
    case 'RUNNING':
      return 'running';
    case 'SUCCEEDED':
      return 'succeeded';
    case 'ABORTED':
      return 'stopped';
    case 'PENDING_REDRIVE':
      return 'waiting';
    default:
      return error === REJECTED ? 'rejected' : 'failed';
  }
}

/** Tells whether nothing more will happen to a run in this state. */
export function isOver(state: RunState): boolean {
  return state !== 'running' && state !== 'waiting';
}
