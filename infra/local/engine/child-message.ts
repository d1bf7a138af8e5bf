import type { EngineErrorCode } from './engine-error.ts';
import type { PruneResult, QueryResult, ScriptResult, Task, Translation } from './task.ts';

/** What the lake says to an engine child. */
export type ToChild =
  | { type: 'run'; id: number; task: Task }
  /** Interrupts the task if it is still running. */
  | { type: 'cancel'; id: number };

/** What an engine child answers. */
export type FromChild =
  | { type: 'ready' }
  | { type: 'done'; id: number; result: QueryResult | ScriptResult | PruneResult | Translation }
  | {
      type: 'failed';
      id: number;
      code: EngineErrorCode;
      message: string;
      statementId?: string;
      /** The task still runs, and grows: only the end of the process ends it. */
      isBeyondControl?: boolean;
    };

/** Set in the environment of a child. */
export interface ChildSettings {
  threads: number;
  memoryLimit: string;
  /** Where DuckDB spills what does not fit in memory. */
  spillFolder: string;
  /** The child's own: the only place where its shared database reads and writes. On one disk with the tables' files. */
  ownFolder: string;
  maxResultBytes: number;
}

export const SETTINGS_VARIABLE = 'ENGINE_SETTINGS';
