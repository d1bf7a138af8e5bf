import type { ResultColumn } from '../../engine/task.ts';
import type { Principal } from '../../service.ts';

export type ExecutionState = 'QUEUED' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';

/** One query execution as it is kept. Times are milliseconds since the epoch. */
export interface Execution {
  id: string;
  query: string;
  statementType: 'DML' | 'DDL' | 'UTILITY';
  substatementType: string;
  workGroup: string;
  catalog: string;
  database: string;
  /** The bucket and key of the result file: `…/<id>.csv`, `.txt` for what is not a query. */
  output: { bucket: string; key: string };
  parameters: string[];
  /** As whom the query runs. */
  principal: Principal;
  maxScannedBytes?: number;
  /** How old a result may be that is taken instead. */
  reuseMinutes?: number;
  /** Whether the result, at `output`, is an earlier execution's. */
  isReused?: boolean;
  state: ExecutionState;
  reason?: string;
  error?: AthenaError;
  submittedAt: number;
  completedAt?: number;
  statistics: Statistics;
  columns?: ResultColumn[];
  rowCount?: number;
  /** Rows written by INSERT or CTAS. */
  updateCount?: number;
  /** The list of the files written by INSERT, CTAS or UNLOAD. */
  dataManifest?: string;
}

/** https://docs.aws.amazon.com/athena/latest/APIReference/API_AthenaError.html */
export interface AthenaError {
  /** 1 the system's, 2 the user's, 3 other. */
  category: 1 | 2 | 3;
  /** https://docs.aws.amazon.com/athena/latest/ug/error-reference.html#error-reference-error-type-reference */
  type: number;
  isRetryable: boolean;
}

export interface Statistics {
  scannedBytes: number;
  queueMs: number;
  planningMs: number;
  engineMs: number;
  totalMs: number;
  serviceMs: number;
}

export const NO_STATISTICS: Statistics = {
  scannedBytes: 0,
  queueMs: 0,
  planningMs: 0,
  engineMs: 0,
  totalMs: 0,
  serviceMs: 0,
};

export function isOver(execution: Execution): boolean {
  return !['QUEUED', 'RUNNING'].includes(execution.state);
}

export function resultUri({ output }: Execution): string {
  return `s3://${output.bucket}/${output.key}`;
}
