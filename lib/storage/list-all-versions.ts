import 'server-only';
import type { Context } from '@/lib/auth';
import { listVersions } from './list-versions';
import type { FileVersion, Zone } from './schemas';

const PAGE_VERSIONS = 1000;

/** Returns all versions under a prefix in S3's order, the first `max` of them; `isCut` says that there are more. */
export async function listAllVersions(
  ctx: Context,
  place: { zone: Zone; prefix: string },
  max: number,
): Promise<{ bucket: string; versions: FileVersion[]; isCut: boolean }> {
  const versions: FileVersion[] = [];
  let page = await listVersions(ctx, { ...place, pageSize: PAGE_VERSIONS });
  versions.push(...page.versions);
  while (page.next && versions.length < max) {
    page = await listVersions(ctx, { ...place, pageSize: PAGE_VERSIONS, next: page.next });
    versions.push(...page.versions);
  }
  return { bucket: page.bucket, versions: versions.slice(0, max), isCut: Boolean(page.next) || versions.length > max };
}
