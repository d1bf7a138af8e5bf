import type { State, StateKey, Table } from '../../state/state.ts';
import type { ObjectVersion } from './object-version.ts';
import { isSmallBlob } from './small-blobs.ts';
import { packVersion, unpackVersion, type VersionRecord } from './version-record.ts';

type Sequence = number;

// Behind every version of a key, whose last element is a number.
const AFTER = '\u{10FFFF}';
// Reading past more old versions than this costs more than seeking over them.
const OLD_VERSIONS_READ = 8;

/**
 * All versions of all keys, in S3's order: by bucket, by key in UTF-8 order, newest first.
 *
 * The order of versions comes from a counter that lives in the store, not from the clock, which may jump. Writing
 * methods belong inside a commit.
 */
export class VersionIndex {
  readonly #versions: Table<VersionRecord | ObjectVersion>;
  readonly #sequences: Table<Sequence>;
  readonly #blobs: Table<true>;
  readonly #smallBlobs: Table<Uint8Array>;
  readonly #counters: Table<number>;

  constructor(state: State) {
    this.#versions = state.table('s3-versions');
    this.#sequences = state.table('s3-version-sequences');
    this.#blobs = state.table('s3-blobs');
    this.#smallBlobs = state.table('s3-small-blobs', { encoding: 'binary' });
    this.#counters = state.table('s3-counters');
  }

  latest(bucket: string, key: string): ObjectVersion | undefined {
    for (const entry of this.#versions.under([bucket, key], { limit: 1 })) return versionOf(entry);
    return undefined;
  }

  find(bucket: string, key: string, versionId: string): ObjectVersion | undefined {
    const sequence = this.#sequences.get([bucket, key, versionId]);
    if (sequence === undefined) return undefined;
    const place = keyOf(bucket, key, sequence);
    const value = this.#versions.get(place);
    return value && versionOf({ key: place, value });
  }

  *versionsOf(bucket: string, key: string): Iterable<ObjectVersion> {
    for (const entry of this.#versions.under([bucket, key])) yield versionOf(entry);
  }

  isEmpty(bucket: string): boolean {
    for (const _ of this.#versions.under([bucket], { limit: 1 })) return false;
    return true;
  }

  ownsBlob(id: string): boolean {
    return this.#blobs.get([id]) === true;
  }

  /** Every version from a place on: at `key`, or behind all versions of it, or behind one version of it. */
  *from(bucket: string, place: Place): Iterable<ObjectVersion> {
    for (const entry of this.#versions.range({ start: this.#startOf(bucket, place) })) {
      if (entry.key[0] !== bucket) return;
      yield versionOf(entry);
    }
  }

  /** The newest version of every key from a place on, delete markers included. */
  *latestFrom(bucket: string, place: Place): Iterable<ObjectVersion> {
    let from: Place | undefined = place;
    while (from) {
      let previous: string | undefined;
      let passed = 0;
      let next: Place | undefined;
      for (const version of this.from(bucket, from)) {
        if (version.key !== previous) {
          yield version;
          previous = version.key;
          passed = 0;
        } else if (++passed > OLD_VERSIONS_READ) {
          next = { after: version.key };
          break;
        }
      }
      from = next;
    }
  }

  /** The next number of the one order of all writes. */
  nextSequence(): Sequence {
    const next = (this.#counters.get(['sequence']) ?? 0) + 1;
    this.#counters.put(['sequence'], next);
    return next;
  }

  put(version: ObjectVersion): void {
    const { bucket, key, versionId } = version;
    const sequence = sequenceOf(version.sequencer);
    this.#versions.put(keyOf(bucket, key, sequence), packVersion(version));
    this.#sequences.put([bucket, key, versionId], sequence);
    if (version.blob && !isSmallBlob(version.blob)) this.#blobs.put([version.blob], true);
  }

  remove(version: ObjectVersion): void {
    const { bucket, key, versionId } = version;
    this.#versions.remove(keyOf(bucket, key, sequenceOf(version.sequencer)));
    this.#sequences.remove([bucket, key, versionId]);
    if (!version.blob) return;
    if (isSmallBlob(version.blob)) this.#smallBlobs.remove([version.blob]);
    else this.#blobs.remove([version.blob]);
  }

  putSmallBlob(id: string, bytes: Uint8Array): void {
    this.#smallBlobs.put([id], bytes);
  }

  copySmallBlob(id: string, target: Buffer): boolean {
    return this.#smallBlobs.copyBytes([id], target);
  }

  smallBlob(id: string): Uint8Array | undefined {
    return this.#smallBlobs.get([id]);
  }

  #startOf(bucket: string, place: Place): (string | number)[] {
    if ('at' in place) return [bucket, place.at];
    if (place.version === undefined) return [bucket, place.after, AFTER];
    const sequence = this.#sequences.get([bucket, place.after, place.version]);
    // A version that is gone meanwhile: its key's other versions may come twice, none is left out.
    return sequence === undefined ? [bucket, place.after] : keyOf(bucket, place.after, sequence - 1);
  }
}

/** A place in the order of versions: at a key, or behind a key, or behind one version of it. */
export type Place = { at: string } | { after: string; version?: string };

export const sequencerOf = (sequence: Sequence): string => sequence.toString(16).toUpperCase().padStart(18, '0');

const sequenceOf = (sequencer: string): Sequence => Number.parseInt(sequencer, 16);

function versionOf({ key, value }: { key: StateKey; value: VersionRecord | ObjectVersion }): ObjectVersion {
  const [bucket, name, place] = key as [string, string, number];
  return unpackVersion(value, bucket, name, sequencerOf(Number.MAX_SAFE_INTEGER - place));
}

const keyOf = (bucket: string, key: string, sequence: Sequence): (string | number)[] => [
  bucket,
  key,
  Number.MAX_SAFE_INTEGER - sequence,
];
