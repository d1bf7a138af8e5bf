import { afterEach, expect, test, vi } from 'vitest';
import { gatherFiles } from './gather-files';

afterEach(() => vi.unstubAllGlobals());

/** A folder of so many files, a thousand a page. */
function folderOf(count: number): void {
  vi.stubGlobal('fetch', async (url: string) => {
    const at = Number(new URL(url, 'http://console').searchParams.get('nextToken') ?? 0);
    const size = Math.min(1000, count - at);
    const files = Array.from({ length: size }, (_, index) => ({ key: `f/${at + index}`, sizeBytes: 10 }));
    return Response.json({ files, ...(at + size < count ? { nextToken: String(at + size) } : {}) });
  });
}

const options = () => ({ signal: new AbortController().signal, onProgress: vi.fn() });
const folder = { key: 'f/', isFolder: true, sizeBytes: 0 };

test('a folder is everything beneath it, and a file chosen beside it counts once', async () => {
  folderOf(2500);
  const watched = options();
  const gathered = await gatherFiles('raw', [{ key: 'f/7', isFolder: false, sizeBytes: 10 }, folder], watched);
  expect(gathered).toMatchObject({ sizeBytes: 25_000, isTooMany: false });
  expect(gathered.files).toHaveLength(2500);
  expect(watched.onProgress.mock.calls.map(([{ files }]) => files.length)).toEqual([1000, 2000, 2500]);
});

test('the counting ends where it is more than one change may have', async () => {
  folderOf(1_000_000);
  const watched = options();
  expect(await gatherFiles('raw', [folder], watched)).toMatchObject({ isTooMany: true });
  expect(watched.onProgress.mock.calls.length).toBeLessThan(15);
});
