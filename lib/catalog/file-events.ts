import type { FileVersion } from '@/lib/storage/schemas';

/**
 * What happened to a file. `restored`: it has the bytes of an earlier version again. `rejected`: a version broke the
 * contract and was moved to quarantine.
 */
export type FileEventKind = 'added' | 'replaced' | 'deleted' | 'restored' | 'rejected';

export interface FileEvent {
  type: 'file';
  kind: FileEventKind;
  key: string;
  versionId: string;
  /** Milliseconds since the epoch. */
  at: number;
  sizeBytes: number;
  isLatest: boolean;
  /** For `restored`: when the version was written whose bytes it has again. */
  restoredFrom?: number;
}

/** Returns what happened to each file of the raw zone. `versions` are in S3's order: by key, newest first. */
export function fileEvents(versions: readonly FileVersion[]): FileEvent[] {
  return versions.map((version, index) => {
    const next = versions[index + 1];
    const before = next?.key === version.key ? next : undefined;
    const source = before && earlierWithSameBytes(version, versions, index + 1);
    return {
      ...eventOf(version),
      kind: kindOf(version, before, source),
      ...(source ? { restoredFrom: source.modifiedAt } : {}),
    };
  });
}

/** Returns when files of the quarantine zone came there; the verdicts beside them are no files of the dataset. */
export function rejectedEvents(versions: readonly FileVersion[]): FileEvent[] {
  return versions
    .filter(({ key, isDeleteMarker }) => !isDeleteMarker && !key.endsWith('.verdict.json'))
    .map((version) => ({ ...eventOf(version), kind: 'rejected' }));
}

function eventOf({ key, versionId, modifiedAt, sizeBytes, isLatest }: FileVersion): Omit<FileEvent, 'kind'> {
  return { type: 'file', key, versionId, at: modifiedAt, sizeBytes, isLatest };
}

function kindOf(version: FileVersion, before: FileVersion | undefined, source: FileVersion | undefined): FileEventKind {
  if (version.isDeleteMarker) return 'deleted';
  if (source) return 'restored';
  return before && !before.isDeleteMarker ? 'replaced' : 'added';
}

/** A copy keeps its source's ETag. What was sent again unchanged right after itself restores nothing. */
function earlierWithSameBytes(
  version: FileVersion,
  versions: readonly FileVersion[],
  from: number,
): FileVersion | undefined {
  if (version.isDeleteMarker || version.sizeBytes === 0) return undefined;
  for (let at = from; versions[at]?.key === version.key; at++) {
    const earlier = versions[at] as FileVersion;
    if (earlier.isDeleteMarker || earlier.etag !== version.etag || earlier.sizeBytes !== version.sizeBytes) continue;
    return at === from ? undefined : earlier;
  }
  return undefined;
}
