import { expect, it } from 'vitest';
import type { FileVersion } from '@/lib/storage/schemas';
import { fileEvents, rejectedEvents } from './file-events';

function version(key: string, etag: string, modifiedAt: number): FileVersion {
  const isDeleteMarker = etag === '';
  const sizeBytes = isDeleteMarker ? 0 : 10;
  return {
    key,
    versionId: `${key}${modifiedAt}`,
    modifiedAt,
    etag,
    sizeBytes,
    isDeleteMarker,
    isLatest: false,
    storageClass: '',
  };
}
const kinds = (versions: FileVersion[]) => fileEvents(versions).map(({ kind }) => kind);

it('tells added, replaced, deleted and restored apart', () => {
  const versions = [
    version('a', 'x', 5),
    version('a', '', 4),
    version('a', 'y', 3),
    version('a', 'x', 2),
    version('b', 'x', 1),
  ];
  expect(kinds(versions)).toEqual(['restored', 'deleted', 'replaced', 'added', 'added']);
  expect(fileEvents(versions)[0]?.restoredFrom).toBe(2);
});

it('calls a file that comes back with other bytes added, and one sent again unchanged replaced', () => {
  expect(kinds([version('a', 'y', 3), version('a', '', 2), version('a', 'x', 1)])).toEqual([
    'added',
    'deleted',
    'added',
  ]);
  expect(kinds([version('a', 'x', 2), version('a', 'x', 1)])).toEqual(['replaced', 'added']);
});

it('calls a deletion undone by its own bytes restored', () => {
  expect(kinds([version('a', 'x', 3), version('a', '', 2), version('a', 'x', 1)])).toEqual([
    'restored',
    'deleted',
    'added',
  ]);
});

it('never joins files whose keys follow each other', () => {
  expect(kinds([version('a', 'x', 1), version('b', 'x', 1), version('c', '', 1)])).toEqual([
    'added',
    'added',
    'deleted',
  ]);
});

it('leaves the verdicts out of what was rejected', () => {
  const events = rejectedEvents([
    version('s/a.csv', 'x', 1),
    version('s/a.csv.verdict.json', 'v', 1),
    version('s/b.csv', '', 2),
  ]);
  expect(events.map(({ key, kind }) => [key, kind])).toEqual([['s/a.csv', 'rejected']]);
});
