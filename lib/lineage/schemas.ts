import * as z from 'zod';

/** `name` as `/datasets/<name>` has it. */
export const GetLineage = z.object({ name: z.string().min(1).max(512) });
export type GetLineage = z.input<typeof GetLineage>;

export const ExportLineage = z.object({ dataset: z.string().regex(/^[a-z0-9_]{1,128}$/) });
export type ExportLineage = z.input<typeof ExportLineage>;

export type RunEnd = 'running' | 'succeeded' | 'failed' | 'rejected' | 'stopped';

/** One run of the pipeline, as its newest event tells it. */
export interface LineageRun {
  /** Last part of the execution's ARN. */
  execution: string;
  state: RunEnd;
  at: number;
  /** Key of the file in the raw zone. */
  file?: string;
  error?: string;
  /** Rows after each step of the job. */
  steps: { table: string; name: string; rows: number }[];
}

export type LineageNode = { id: string } & (
  | {
      kind: 'files';
      bucket: string;
      prefix: string;
      count: number;
      /** There are more than were counted. */
      isMore: boolean;
      sizeBytes: number;
      /** Newest first. */
      newest: { file: string; at: number }[];
    }
  | { kind: 'pipeline'; dataset: string; last?: LineageRun }
  | {
      kind: 'table';
      database: string;
      name: string;
      /** Of its page. */
      address: string;
      isView: boolean;
      rows?: number;
      sizeBytes?: number;
      updatedAt?: number;
    }
  | { kind: 'query'; queryId: string; name: string; owner?: string }
);

export interface ColumnSource {
  /** Of the node; undefined for what is not drawn. */
  nodeId?: string;
  /** The table or file as people call it. */
  from: string;
  column: string;
  subtype: 'IDENTITY' | 'TRANSFORMATION' | 'AGGREGATION' | 'OTHER';
}

export interface Lineage {
  dataset: string;
  /** Id of the node that was asked for. */
  focus: string;
  nodes: LineageNode[];
  edges: { from: string; to: string }[];
  /** Of each table's node: where its columns come from, as of the last run that went well. */
  columns: Record<string, { column: string; sources: ColumnSource[] }[]>;
  /** Newest first. */
  runs: LineageRun[];
}
