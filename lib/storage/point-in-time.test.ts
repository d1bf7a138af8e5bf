import { describe, expect, it } from 'vitest';
import { beforeChange, changesOf, effectsAt, versionsAt } from './point-in-time';
import type { FileVersion } from './schemas';

function version(key: string, versionId: string, modifiedAt: number, change: Partial<FileVersion> = {}): FileVersion {
  const bytes = { sizeBytes: 10, etag: `"${versionId}"`, storageClass: 'STANDARD' };
  return { key, versionId, modifiedAt, isLatest: false, isDeleteMarker: false, ...bytes, ...change };
}
const marker = (key: string, versionId: string, modifiedAt: number) =>
  version(key, versionId, modifiedAt, { isDeleteMarker: true, sizeBytes: 0, etag: '' });

/** In S3's order: by key, newest first. */
const history = [
  marker('a', 'a3', 3000),
  version('a', 'a2', 2000),
  version('a', 'a1', 1000),
  version('b', 'b2', 3000),
  version('b', 'b1', 1000),
  version('c', 'c1', 3000),
  version('d', 'd1', 1000),
  marker('e', 'e2', 1000),
  version('e', 'e1', 500),
];
const kinds = (at: number) => effectsAt(history, at).effects.map(({ key, kind }) => `${kind} ${key}`);

describe('effectsAt', () => {
  it('brings back, puts back, takes away and leaves alone', () => {
    expect(kinds(2000)).toEqual(['bringBack a', 'putBack b', 'takeAway c']);
    expect(effectsAt(history, 2000)).toMatchObject({ unchangedCount: 1, fileCount: 3 });
  });

  it('names the version of that moment, and the one that must still be current', () => {
    const [a, b, c] = effectsAt(history, 1999).effects;
    expect(a).toMatchObject({ versionId: 'a1', seen: null, changedVersionId: 'a3', changedAt: 3000, sizeBytes: 10 });
    expect(b).toMatchObject({ versionId: 'b1', seen: 'b2' });
    expect(c).toMatchObject({ versionId: null, seen: 'c1', sizeBytes: 10 });
  });

  it('has nothing to do for now, and takes everything away for a time before all', () => {
    expect(kinds(5000)).toEqual([]);
    expect(effectsAt(history, 5000)).toMatchObject({ unchangedCount: 3, fileCount: 3 });
    expect(kinds(1)).toEqual(['takeAway b', 'takeAway c', 'takeAway d']);
    expect(effectsAt([], 1)).toEqual({ effects: [], unchangedCount: 0, fileCount: 0 });
  });

  it('lets S3’s order decide between versions of one second', () => {
    const tied = [version('a', 'third', 1000), marker('a', 'second', 1000), version('a', 'first', 1000)];
    expect(versionsAt(tied, 1000).map(({ versionId }) => versionId)).toEqual(['third']);
    expect(versionsAt(tied.slice(1), 1000)).toEqual([]);
    expect(versionsAt(tied, 999)).toEqual([]);
  });

  it('leaves alone what was restored already: other version, same bytes', () => {
    const restored = [
      version('a', 'a3', 3000, { etag: '"x"' }),
      version('a', 'a2', 2000),
      version('a', 'a1', 1000, { etag: '"x"' }),
    ];
    expect(effectsAt(restored, 1000)).toEqual({ effects: [], unchangedCount: 1, fileCount: 1 });
    expect(effectsAt(restored, 2000).effects).toHaveLength(1);
  });

  it('takes the version of a time without versions, called null, like any other', () => {
    const mixed = [version('a', 'v1', 2000), version('a', 'null', 1000)];
    expect(effectsAt(mixed, 1500).effects).toMatchObject([{ kind: 'putBack', versionId: 'null', seen: 'v1' }]);
  });

  it('holds ten thousand files of ten versions', () => {
    const many = Array.from({ length: 100_000 }, (_, index) =>
      version(`sales/${Math.floor(index / 10)}`, `v${index}`, 10_000 - (index % 10) * 1000),
    );
    expect(effectsAt(many, 5500)).toMatchObject({ unchangedCount: 0, fileCount: 10_000 });
    expect(effectsAt(many, 5500).effects).toHaveLength(10_000);
  });
});

describe('changesOf', () => {
  it('joins what happened together, newest first', () => {
    const changes = changesOf(history, { gapMs: 100, max: 10 });
    expect(changes.map(({ from, to, writtenCount, deletedCount }) => [from, to, writtenCount, deletedCount])).toEqual([
      [3000, 3000, 2, 1],
      [2000, 2000, 1, 0],
      [1000, 1000, 3, 1],
      [500, 500, 1, 0],
    ]);
    expect(changesOf(history, { gapMs: 600, max: 1 })).toMatchObject([{ from: 3000 }]);
    expect(changesOf(history, { gapMs: 1000, max: 1 })).toMatchObject([{ from: 500, to: 3000, writtenCount: 7 }]);
  });

  it('is undone by the moment before it', () => {
    const [last] = changesOf(history, { gapMs: 100, max: 10 });
    expect(last && kinds(beforeChange(last))).toEqual(['bringBack a', 'putBack b', 'takeAway c']);
  });
});
