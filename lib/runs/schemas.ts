import { z } from 'zod';
import type { RunState } from '@/lib/languages/contract/run-state.ts';
import type { TransformReport } from '@/lib/languages/contract/transform-report.ts';
import type { Verdict } from '@/lib/languages/contract/verdict.ts';
import type { QualityEvaluation } from '@/lib/languages/quality/evaluation.ts';

/** Names AWS allows for an execution: https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html */
const RunId = z
  .string()
  .min(1)
  .max(80)
  .regex(/^[\w.-]+$/, 'A run is named by letters, digits, “-”, “_” and “.”.');

export const ListRuns = z.object({
  dataset: z.string().optional(),
  nextToken: z.string().optional(),
  pageSize: z.coerce.number().int().min(1).max(100).default(25),
});
export type ListRuns = z.input<typeof ListRuns>;

export const GetRun = z.object({ id: RunId });
export type GetRun = z.input<typeof GetRun>;

export const StopRun = z.object({ id: RunId });
export type StopRun = z.input<typeof StopRun>;

export const FindRunOfFile = z.object({
  key: z.string().min(1).max(1024),
  versionId: z.string().min(1).max(1024),
});
export type FindRunOfFile = z.input<typeof FindRunOfFile>;

export const PublishHeld = z.object({
  id: RunId,
  /** In the person's own words; kept with the run and in the audit trail. */
  reason: z.string().trim().min(3).max(500),
});
export type PublishHeld = z.input<typeof PublishHeld>;

export const RerunFile = z.object({ key: z.string().min(1).max(1024) });
export type RerunFile = z.input<typeof RerunFile>;

/** What is known of the run that a file version caused, and of the request that S3 told of. */
export interface RunOfFile {
  id: string;
  /** Undefined where Step Functions has forgotten the run: it keeps 90 days. */
  state?: RunState;
  startedAt?: number;
  verdict: Verdict;
  report?: TransformReport;
  request?: FileRequest;
}

/** Who asked S3 for the change, as its event says it. */
export interface FileRequest {
  /** An account's number, or the service that asked. */
  requester?: string;
  sourceAddress?: string;
  /** The operation: `PutObject`, `CopyObject`, `CompleteMultipartUpload`, `DeleteObject`. */
  reason?: string;
}

export const FindRunsOfFiles = z.array(FindRunOfFile).max(50);
export type FindRunsOfFiles = z.input<typeof FindRunsOfFiles>;

/** The run that a version of a file caused. */
export interface FoundRun {
  id: string;
  state: RunState;
  /** Milliseconds since the epoch; left out while it runs, and where Step Functions has forgotten it. */
  endedAt?: number;
}

/** The file version that caused a run, as S3's event named it. */
export interface RunFile {
  bucket: string;
  key: string;
  versionId?: string;
  sizeBytes?: number;
  /** True when the event was a deletion: the run takes the file's rows away. */
  removed: boolean;
}

export interface RunSummary {
  id: string;
  state: RunState;
  /** Milliseconds since the epoch. */
  startedAt: number;
  endedAt?: number;
  dataset?: string;
  file?: RunFile;
}

export interface RunPage {
  runs: RunSummary[];
  nextToken?: string;
}

/** One event of an execution's history, flattened: AWS has one details member for each of sixty types. */
export interface RunEvent {
  id: number;
  previousId: number;
  type: string;
  at: number;
  /** The state's name, for entered and exited events. */
  state?: string;
  input?: string;
  output?: string;
  error?: string;
  cause?: string;
  resource?: string;
}

export type VisitStatus = 'running' | 'succeeded' | 'failed' | 'rejected' | 'held' | 'stopped';

/** One try of a state: a bar of the timeline. */
export interface Attempt {
  number: number;
  startedAt: number;
  endedAt?: number;
  status: VisitStatus;
  error?: string;
  cause?: string;
}

/** One passage through a state, from entered to exited. */
export interface Visit {
  /** The id of the event that entered the state: unique in a run. */
  id: number;
  state: string;
  type: string;
  startedAt: number;
  endedAt?: number;
  status: VisitStatus;
  attempts: Attempt[];
  input?: string;
  output?: string;
}

export interface Run extends RunSummary {
  /** What Step Functions says of a run that ended badly. */
  error?: string;
  cause?: string;
  visits: Visit[];
  events: RunEvent[];
  /** Once the run is over: what was found in the file. */
  verdict?: Verdict;
  /** Once the run has succeeded: what its job wrote. */
  report?: TransformReport;
  /** Once the run is over: what the rules of its table said. */
  quality?: QualityEvaluation;
}
