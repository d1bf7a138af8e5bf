import 'server-only';
import type { Context } from '@/lib/auth';
import { describeRunOfFile } from '@/lib/runs';
import type { RunOfFile } from '@/lib/runs/schemas';
import type { VersionRef, VersionRun } from './schemas';

/** The run of a version: the one it caused in the raw zone, elsewhere the one of the raw version it was made of. */
export async function runOfVersion(
  ctx: Context,
  version: VersionRef,
  source: VersionRef | undefined,
): Promise<RunOfFile | undefined> {
  const raw = version.zone === 'raw' ? version : source;
  return raw && describeRunOfFile(ctx, { key: raw.key, versionId: raw.versionId });
}

export function versionRun({ id, state, verdict, report }: RunOfFile): VersionRun {
  return {
    id,
    verdict: verdict.status,
    problemCount: verdict.problemCount,
    ...(state ? { state } : {}),
    ...(report ? { rows: report.rowsOut } : {}),
  };
}
