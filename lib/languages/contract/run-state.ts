/** The error that the state machine's `Rejected` state fails with: the data broke its contract. */
const REJECTED = 'Rejected';
/** That of its `Held` state: the rules of the table keep the file's rows out of it. */
const HELD = 'Held';

/** What a person sees of a run: the shape and the colour of its pill. */
export const runStates = ['running', 'succeeded', 'failed', 'rejected', 'held', 'stopped', 'waiting'] as const;
export type RunState = (typeof runStates)[number];

/**
 * Returns the state a person sees for an execution's status.
 * A file that is rejected or held is a FAILED execution to Step Functions, told by the error of the Fail state that ended it.
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
      return error === REJECTED ? 'rejected' : error === HELD ? 'held' : 'failed';
  }
}
