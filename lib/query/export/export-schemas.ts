import { z } from 'zod';
import { GetResult } from '../result/view-schemas';

/** Client-safe. `csv` is made safe for spreadsheets; the file that Athena wrote is a download of its own. */
export const EXPORT_FORMATS = ['csv', 'xlsx', 'json', 'ndjson', 'parquet'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Made by the browser, to ask how far its download is. */
const Ticket = z.uuid();

/** With a view, only what it shows is exported, in its order. */
export const ExportResult = GetResult.extend({
  format: z.enum(EXPORT_FORMATS),
  name: z.string().trim().min(1).max(200),
  ticket: Ticket,
});
export const GetExport = z.object({ ticket: Ticket });

export interface ExportProgress {
  state: 'waiting' | 'running' | 'done' | 'cancelled' | 'failed';
  rows: number;
  bytes: number;
  /** Why it failed, for the person. */
  message?: string;
}
