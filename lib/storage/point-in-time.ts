import type { FileVersion } from './schemas';

/** What a restore would do to one file. */
export interface Effect {
  key: string;
  /** `bringBack`: it is deleted now. `putBack`: it has other bytes now. `takeAway`: it did not exist then. */
  kind: 'bringBack' | 'putBack' | 'takeAway';
  /** The version it had then; null where it did not exist. */
  versionId: string | null;
  /** The version it has now; null where it is deleted. */
  seen: string | null;
  /** Of the version it had then; of what goes, where it did not exist. */
  sizeBytes: number;
  /** When the version it has now, or its deletion, was written, in milliseconds since the epoch. */
  changedAt: number;
  /** Names that version or delete marker. */
  changedVersionId: string;
}

export interface Effects {
  effects: Effect[];
  unchangedCount: number;
  /** How many files there were then. */
  fileCount: number;
}

/** Changes that happened together: uploads of one folder, one restore. */
export interface Change {
  /** Its first and last instant, in milliseconds since the epoch. */
  from: number;
  to: number;
  writtenCount: number;
  deletedCount: number;
  /** One of its files. */
  key: string;
}

/**
 * Returns the version that each key had at a moment, deleted ones left out. `versions` are in S3's order: by key, newest
 * first. Times are whole seconds on AWS, so several versions of a key can have the same one; of those S3's order decides,
 * and the newest of that second was current at its end.
 */
export function versionsAt(versions: readonly FileVersion[], at: number): FileVersion[] {
  return byKey(versions).flatMap((ofKey) => liveAt(ofKey, at) ?? []);
}

/** Returns what would make every key what it was at a moment. A file whose bytes are the same again is unchanged. */
export function effectsAt(versions: readonly FileVersion[], at: number): Effects {
  const result: Effects = { effects: [], unchangedCount: 0, fileCount: 0 };
  for (const ofKey of byKey(versions)) {
    const then = liveAt(ofKey, at);
    if (then) result.fileCount += 1;
    const effect = effectOf(ofKey, then);
    if (effect) result.effects.push(effect);
    else if (then) result.unchangedCount += 1;
  }
  return result;
}

function effectOf(ofKey: readonly FileVersion[], then: FileVersion | undefined): Effect | undefined {
  const [newest] = ofKey;
  const now = newest?.isDeleteMarker ? undefined : newest;
  if (!newest || (!now && !then)) return undefined;
  if (now && then && hasSameBytes(now, then)) return undefined;
  return {
    key: newest.key,
    kind: now ? (then ? 'putBack' : 'takeAway') : 'bringBack',
    versionId: then?.versionId ?? null,
    seen: now?.versionId ?? null,
    sizeBytes: (then ?? newest).sizeBytes,
    changedAt: newest.modifiedAt,
    changedVersionId: newest.versionId,
  };
}

/** A copy has its source's ETag, unless one of the two was sent in parts; then it counts as another version. */
function hasSameBytes(a: FileVersion, b: FileVersion): boolean {
  return a.versionId === b.versionId || (a.etag !== '' && a.etag === b.etag && a.sizeBytes === b.sizeBytes);
}

function liveAt(ofKey: readonly FileVersion[], at: number): FileVersion | undefined {
  const then = ofKey.find((version) => version.modifiedAt <= at);
  return then?.isDeleteMarker ? undefined : then;
}

function byKey(versions: readonly FileVersion[]): FileVersion[][] {
  const groups: FileVersion[][] = [];
  for (const version of versions) {
    const group = groups.at(-1);
    if (group?.[0]?.key === version.key) group.push(version);
    else groups.push([version]);
  }
  return groups;
}

/** Returns the last changes, newest first; what was written within `gapMs` of each other is one. */
export function changesOf(versions: readonly FileVersion[], { gapMs, max }: { gapMs: number; max: number }): Change[] {
  const changes: Change[] = [];
  for (const { key, modifiedAt, isDeleteMarker } of [...versions].sort((a, b) => b.modifiedAt - a.modifiedAt)) {
    const current = changes.at(-1);
    const isSame = current !== undefined && current.from - modifiedAt <= gapMs;
    if (!isSame && changes.length === max) break;
    const change = isSame ? current : { from: modifiedAt, to: modifiedAt, writtenCount: 0, deletedCount: 0, key };
    if (!isSame) changes.push(change);
    change.from = modifiedAt;
    if (isDeleteMarker) change.deletedCount += 1;
    else change.writtenCount += 1;
  }
  return changes;
}

/** The last instant at which nothing of a change had happened yet. */
export function beforeChange({ from }: Pick<Change, 'from'>): number {
  return from - 1;
}
