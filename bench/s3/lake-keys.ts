import type { ObjectVersion } from '../../infra/local/services/s3/object-version.ts';
import { sequencerOf, VersionIndex } from '../../infra/local/services/s3/version-index.ts';
import { State } from '../../infra/local/state/state.ts';

const PER_COMMIT = 10_000;

/** `folder/0000123/file-00000123.csv`: a hundred keys in a folder. */
export const keyOf = (n: number): string =>
  `folder/${String(Math.floor(n / 100)).padStart(6, '0')}/file-${String(n).padStart(8, '0')}.csv`;

/** Writes the records of objects straight into the store of a lake that is not running; their bytes are not listed. */
export async function fillIndex(dataFolder: string, bucket: string, count: number): Promise<void> {
  const state = State.open(dataFolder);
  const versions = new VersionIndex(state);
  for (let first = 0; first < count; first += PER_COMMIT) {
    await state.commit(() => {
      for (let n = first; n < Math.min(count, first + PER_COMMIT); n += 1) {
        versions.put(versionOf(bucket, n, sequencerOf(versions.nextSequence())));
      }
    });
  }
  await state.close();
}

function versionOf(bucket: string, n: number, sequencer: string): ObjectVersion {
  const id = n.toString(16).padStart(32, '0');
  return {
    bucket,
    key: keyOf(n),
    versionId: 'null',
    isDeleteMarker: false,
    size: 1000 + n,
    etag: id,
    lastModified: Date.UTC(2026, 0, 1) + n * 1000,
    contentType: 'text/csv',
    metadata: {},
    headers: {},
    tags: {},
    storageClass: 'STANDARD',
    sequencer,
    blob: id,
  };
}
