import { z } from 'zod';
import type { Writer } from '@/lib/audit';
import type { ErrorReport } from '@/lib/errors';
import type { CompareProblem, Comparison, Side } from '@/lib/languages/compare/comparison.ts';
import type { RunState } from '@/lib/languages/contract/run-state.ts';
import type { Verdict } from '@/lib/languages/contract/verdict.ts';
import type { FileRequest } from '@/lib/runs/schemas';
import { type Zone, zones } from '@/lib/storage/schemas';

const Key = z.string().min(1).max(1024);
const VersionId = z.string().min(1).max(1024);

export const GetFile = z.object({
  zone: z.enum(zones),
  key: Key,
  /** The version behind which the page begins, and when it was made. */
  after: VersionId.optional(),
  before: z.coerce.number().int().optional(),
});
export type GetFile = z.input<typeof GetFile>;

export const GetFileVersion = z.object({ zone: z.enum(zones), key: Key, versionId: VersionId });
export type GetFileVersion = z.input<typeof GetFileVersion>;

export const CompareVersions = z.object({
  zone: z.enum(zones),
  key: Key,
  from: VersionId,
  to: VersionId,
  /** Columns that tell rows apart; left out, they are found. */
  by: z.array(z.string().min(1).max(1024)).max(16).default([]),
  asText: z.boolean().default(false),
});
export type CompareVersions = z.input<typeof CompareVersions>;

/** A version of another file, or of this one in another zone. */
export interface VersionRef {
  zone: Zone;
  key: string;
  versionId: string;
}

/** The run that a version caused, or, in the processed zone, that made it. */
export interface VersionRun {
  id: string;
  /** Undefined where Step Functions has forgotten the run. */
  state?: RunState;
  verdict: Verdict['status'];
  problemCount: number;
  /** Rows of this file that went to the tables. */
  rows?: number;
}

export interface TimelineEntry {
  /**
   * - `version`: bytes that can be downloaded and restored.
   * - `deletion`: from here on the file was not there.
   * - `moved`: bytes that broke the contract, and are in quarantine since.
   */
  kind: 'version' | 'deletion' | 'moved';
  versionId: string;
  isCurrent: boolean;
  /** Milliseconds since the epoch. */
  at: number;
  sizeBytes: number;
  /** Against the version before, where that is known. */
  sizeDelta?: number;
  etag: string;
  /** Who made it through the console. */
  writer?: Writer;
  /** Who made it otherwise, as far as S3's event says. */
  request?: FileRequest;
  run?: VersionRun;
  /** In the processed zone the raw version that its rows are of; in quarantine the one that was moved. */
  source?: VersionRef;
  /** Of a `moved` one: where it is. */
  movedTo?: VersionRef;
}

export interface FileTimeline {
  zone: Zone;
  key: string;
  bucket: string;
  entries: TimelineEntry[];
  /** The newest entry of all, also on later pages. */
  current?: TimelineEntry;
  next?: { after: string; before: number };
}

export interface VersionDetails {
  zone: Zone;
  key: string;
  bucket: string;
  versionId: string;
  /** `gone`: its bytes were removed for good, or moved; what the run's record says of it is left. */
  kind: TimelineEntry['kind'] | 'gone';
  /** The version that the key holds now; undefined while it is deleted. */
  currentId?: string;
  at?: number;
  sizeBytes?: number;
  etag?: string;
  contentType?: string;
  storageClass?: string;
  encryption?: string;
  checksums: { algorithm: string; value: string; isOfParts: boolean }[];
  metadata: Record<string, string>;
  tags: Record<string, string>;
  writer?: Writer;
  request?: FileRequest;
  run?: VersionRun;
  verdict?: Verdict;
  /** What its rows went to, with the rows that each table then had; `isThere` where the catalog still has it. */
  tables?: { name: string; rows: number; isThere: boolean }[];
  source?: VersionRef;
  movedTo?: VersionRef;
}

/** What a comparison says while it goes on, a line each. */
export type CompareEvent =
  | { type: 'progress'; side: Side; readBytes: number; totalBytes: number }
  | { type: 'done'; comparison: Comparison }
  | { type: 'refused'; problem: CompareProblem }
  | { type: 'failed'; error: ErrorReport };
