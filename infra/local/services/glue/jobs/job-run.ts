/** One run of a job: https://docs.aws.amazon.com/glue/latest/webapi/API_JobRun.html */
export type JobRunState =
  | 'STARTING'
  | 'RUNNING'
  | 'STOPPING'
  | 'STOPPED'
  | 'SUCCEEDED'
  | 'FAILED'
  | 'TIMEOUT'
  | 'WAITING';

/** What a run may have otherwise than its job; nothing here is sized by it. */
export interface RunCapacity {
  AllocatedCapacity?: number | undefined;
  MaxCapacity?: number | undefined;
  NumberOfWorkers?: number | undefined;
  WorkerType?: string | undefined;
  SecurityConfiguration?: string | undefined;
}

export interface JobRun {
  id: string;
  jobName: string;
  /** Place among all runs of the lake: the order in which they were asked for, and in which they start. */
  sequence: number;
  state: JobRunState;
  /** Those of the job and of the request together. */
  arguments: Record<string, string>;
  /** The run that was started again. */
  previousRunId?: string;
  capacity?: RunCapacity;
  startedAt: number;
  /** When it got its turn; until then it is WAITING. */
  runningSince?: number;
  modifiedAt: number;
  completedAt?: number;
  errorMessage?: string;
  timeoutMinutes: number;
}

const final: JobRunState[] = ['STOPPED', 'SUCCEEDED', 'FAILED', 'TIMEOUT'];

export const isOver = ({ state }: JobRun): boolean => final.includes(state);
export const isWaiting = ({ state }: JobRun): boolean => state === 'WAITING';

/** Why a run failed, in words for its ErrorMessage. Any other error of a run is the lake's fault and logged. */
export class JobFailure extends Error {
  override name = 'JobFailure';
}
