import 'server-only';
import { type Context, requirePermission } from '@/lib/auth';
import { RunRecord } from '@/lib/languages/contract/verdict.ts';
import { readResult, recordKey } from './run-outcome';
import { FindRunOfFile } from './schemas';

/** Returns the run that a file version caused, once its first step has left its record; undefined before that. */
export async function findRunOfFile(ctx: Context, raw: FindRunOfFile): Promise<{ id: string } | undefined> {
  requirePermission(ctx, 'runs:read');
  const { key, versionId } = FindRunOfFile.parse(raw);
  const path = recordKey(key, versionId);
  const record = path ? await readResult(ctx, path, RunRecord) : undefined;
  return record && { id: record.execution };
}
