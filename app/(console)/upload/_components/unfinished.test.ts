import { expect, it } from 'vitest';
import type { RememberedUpload } from '@/lib/storage/upload-memory';
import { isSameFile, joinUnfinished, mismatchOf, recordOf } from './unfinished';

const record = (id: string, uploadId?: string): RememberedUpload => ({
  id,
  person: 'ann',
  dataset: 'sales',
  path: `${id}.csv`,
  name: `${id}.csv`,
  sizeBytes: 5,
  lastModified: 7,
  addedAt: 1,
  ...(uploadId ? { begun: { key: `sales/${id}.csv`, uploadId, partSizeBytes: 100 } } : {}),
});
const open = (uploadId: string) => ({ key: 'docs/x/y.pdf', uploadId, begunAt: 2, partCount: 1, sizeBytes: 3 });
const file = new File(['12345'], 'a.csv', { lastModified: 7 });

it('joins what is remembered with what S3 holds, and leaves out what another tab is sending', () => {
  const joined = joinUnfinished(
    [record('a', 'u1'), record('b'), record('c', 'u2'), record('d', 'u9')],
    [open('u1'), open('u2'), open('u3')],
    new Set(['c']),
  );
  expect(joined.map(({ id, key, open }) => [id, key, open?.uploadId])).toEqual([
    ['u3', 'docs/x/y.pdf', 'u3'],
    ['a', 'sales/a.csv', 'u1'],
    ['b', 'sales/b.csv', undefined],
    ['d', 'sales/d.csv', undefined],
  ]);
});

it('knows what S3 began and the tab never heard of by its key, and not what was there before', () => {
  const begun = (uploadId: string, begunAt: number) => ({ ...open(uploadId), key: 'sales/b.csv', begunAt });
  const later = { ...record('b'), addedAt: 1_000_000 };
  const joined = joinUnfinished([later], [begun('before', 900_000), begun('own', 999_000)], new Set());
  expect(joined.map(({ id, open }) => [id, open?.uploadId])).toEqual([
    ['b', 'own'],
    ['before', 'before'],
  ]);
});

it('knows a file that cannot be the one', () => {
  const [begun] = joinUnfinished([record('a', 'u1')], [open('u1')], new Set());
  const [waiting] = joinUnfinished([record('a')], [], new Set());
  if (!begun || !waiting) throw new Error('Nothing was joined.');
  const changed = new File(['12345'], 'a.csv', { lastModified: 8 });
  expect([isSameFile(begun, file), isSameFile(begun, changed)]).toEqual([true, false]);
  expect(mismatchOf(begun, new File(['1234'], 'a.csv'))).toBe('other-size');
  expect(mismatchOf(waiting, changed)).toBe('changed');
  // A copy has another time and the same bytes: S3's checksums tell.
  expect(mismatchOf(begun, changed)).toBeUndefined();
});

it('takes up what was begun in another browser, by its key', () => {
  const [elsewhere] = joinUnfinished([], [open('u3')], new Set());
  if (!elsewhere) throw new Error('Nothing was joined.');
  expect(recordOf(elsewhere, file, 'ann')).toMatchObject({
    dataset: 'docs',
    path: 'x/y.pdf',
    begun: { uploadId: 'u3', partSizeBytes: 8 * 1024 * 1024 },
  });
});

it('begins anew what S3 has forgotten', () => {
  const [forgotten] = joinUnfinished([record('d', 'u9')], [], new Set());
  if (!forgotten) throw new Error('Nothing was joined.');
  expect(recordOf(forgotten, file, 'ann').begun).toBeUndefined();
});
