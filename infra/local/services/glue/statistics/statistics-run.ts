/** A run that computes the statistics of a table's columns. Times are milliseconds since the epoch. */

export interface StatisticsRequest {
  database: string;
  table: string;
  /** None: all of the table. */
  columns?: string[] | undefined;
  role: string;
  /** Percentage of the rows that is looked at. */
  sampleSize?: number | undefined;
}

export interface StatisticsRun extends StatisticsRequest {
  id: string;
  sequence: number;
  status: 'STARTING' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'STOPPED';
  /** Somebody has asked for its end; AWS has no state of its own for that. */
  isStopping?: boolean;
  errorMessage?: string;
  startedAt: number;
  modifiedAt: number;
  endedAt?: number;
}

export const isUnderWay = ({ status }: StatisticsRun): boolean => ['STARTING', 'RUNNING'].includes(status);

export const isOf =
  (database: string, table: string) =>
  (one: { database: string; table: string }): boolean =>
    one.database === database && one.table === table;
