import { type RunState, runState } from '../../contract/run-state.ts';
import type { RunCounts } from './report.ts';

const MAX_PAGES = 5;
const DESCRIBED_AT_ONCE = 8;
export const RUNS_A_PAGE = 200;

export interface ListedRun {
  arn: string;
  /** As Step Functions words it. */
  status: string;
  startedAt: Date;
}

export interface RunSource {
  /** A page of `RUNS_A_PAGE` runs, the newest first. */
  list(token: string | undefined): Promise<{ runs: ListedRun[]; next?: string | undefined }>;
  /** What a run failed with. */
  errorOf(arn: string): Promise<string | undefined>;
}

/** Counts the pipeline's runs since a moment by how they ended, of the last thousand at most. */
export async function countRunsOf(source: RunSource, from: number): Promise<RunCounts> {
  const runs: ListedRun[] = [];
  let token: string | undefined;
  let isOver = false;
  for (let pages = 0; pages < MAX_PAGES && !isOver; pages++) {
    const page = await source.list(token);
    const inPeriod = page.runs.filter(({ startedAt }) => startedAt.getTime() >= from);
    runs.push(...inPeriod);
    token = page.next;
    isOver = !token || inPeriod.length < page.runs.length;
  }
  const states: RunState[] = [];
  for (let first = 0; first < runs.length; first += DESCRIBED_AT_ONCE) {
    const batch = runs.slice(first, first + DESCRIBED_AT_ONCE);
    states.push(...(await Promise.all(batch.map((run) => stateOf(source, run)))));
  }
  const count = (state: RunState) => states.filter((each) => each === state).length;
  const turnedAway = count('rejected') + count('held');
  return { succeeded: count('succeeded'), failed: count('failed'), rejected: turnedAway, isCut: !isOver };
}

/** Only of what failed must be asked why: a file that was turned away is a failed execution. */
async function stateOf(source: RunSource, { status, arn }: ListedRun): Promise<RunState> {
  return status === 'FAILED' ? runState(status, await source.errorOf(arn)) : runState(status);
}
