import { z } from 'zod';
import type { Problem } from '@/lib/languages/contract/problem.ts';
import type { Cell, ResultColumn } from '@/lib/query/schemas';
import { ObjectKey, VersionId, zones } from './schemas';

export const PreviewFile = z.object({ zone: z.enum(zones), key: ObjectKey, versionId: VersionId.optional() });
export type PreviewFile = z.input<typeof PreviewFile>;

/** So many rows of a table, and columns, are shown. */
export const PREVIEW_ROWS = 100;
export const PREVIEW_COLUMNS = 200;

/** What of a file can be shown. `isPart`: there is more of it than this. */
export type PreviewContent =
  | { kind: 'empty' }
  | {
      kind: 'table';
      columns: ResultColumn[];
      rows: Cell[][];
      isPart: boolean;
      delimiter: ',' | ';' | '\t' | '|';
      encoding: 'utf-8' | 'latin-1' | 'utf-16';
      problems: Problem[];
    }
  | { kind: 'parquet'; columns: ResultColumn[]; rowCount: number; rows: Cell[][]; unreadable?: UnreadableRows }
  | { kind: 'json'; text: string; isPart: boolean; problems: Problem[] }
  | { kind: 'text'; text: string; isPart: boolean; problems: Problem[] }
  | { kind: 'image' | 'pdf'; url: string }
  | { kind: 'none'; problems: Problem[] };

/** Why a Parquet file's columns are shown and its rows are not. */
export type UnreadableRows = 'too-large' | 'unsupported';

export interface FilePreview {
  bucket: string;
  key: string;
  versionId: string;
  sizeBytes: number;
  modifiedAt: number;
  storageClass: string;
  /** What the file was said to be when it was written. */
  contentType: string;
  /** What it is, by its bytes. */
  mediaType: string;
  isGzip: boolean;
  content: PreviewContent;
}
