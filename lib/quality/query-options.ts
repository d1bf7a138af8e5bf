import { fetchJson } from '@/lib/fetch-json';
import type { CheckedTable } from './check-schemas';

/** Evaluates a table's rules now; resolves when the record is there. Aborting only stops waiting for it. */
export function checkTable(table: string, signal: AbortSignal): Promise<CheckedTable> {
  return fetchJson('/api/quality/check', { body: { table }, signal });
}
