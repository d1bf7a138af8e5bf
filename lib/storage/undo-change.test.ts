import { afterEach, expect, test, vi } from 'vitest';
import type { Undo } from './change-schemas';
import type { RestoredFile } from './schemas';
import { undoChange } from './undo-change';

const move: Undo[] = [
  { zone: 'raw', key: 'to/a', versionId: null, seen: 'v2', movedFrom: 'from/a' },
  { zone: 'raw', key: 'to/b', versionId: null, seen: 'v4', movedFrom: 'from/b' },
  { zone: 'quarantine', key: 'from/a', versionId: 'v1', seen: null },
  { zone: 'raw', key: 'from/b', versionId: 'v3', seen: null },
];

afterEach(() => vi.unstubAllGlobals());

/** Stands in for the console's routes; returns what was asked to be restored, in order. */
function answer(outcomeOf: (key: string) => RestoredFile['outcome']): string[] {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (_: string, init?: RequestInit) => {
    if (!init?.body) return Response.json(move);
    const { files, zone } = JSON.parse(String(init.body)) as { zone: string; files: { key: string }[] };
    asked.push(...files.map(({ key }) => `${zone} ${key}`));
    return Response.json(files.map(({ key }) => ({ key, outcome: outcomeOf(key) })));
  });
  return asked;
}

const signal = new AbortController().signal;

test('what was taken away comes back before the copies go', async () => {
  const asked = answer((key) => (key.startsWith('from') ? 'restored' : 'deleted'));
  const results = await undoChange('id', { signal });
  expect(asked).toEqual(['raw from/b', 'quarantine from/a', 'raw to/a', 'raw to/b']);
  expect(results.map(({ outcome }) => outcome)).toEqual(['restored', 'restored', 'deleted', 'deleted']);
});

test('a copy stays where its source did not come back', async () => {
  const asked = answer((key) => (key === 'from/a' ? 'changed' : 'restored'));
  const results = await undoChange('id', { signal });
  expect(asked).not.toContain('raw to/a');
  expect(results.find(({ key }) => key === 'to/a')).toMatchObject({ outcome: 'changed' });
});

test('a copy stays where the undo was stopped before its source came back', async () => {
  const abort = new AbortController();
  const asked = answer(() => {
    abort.abort();
    return 'restored';
  });
  await undoChange('id', { signal: abort.signal });
  expect(asked).toEqual(['raw from/b']);
});
