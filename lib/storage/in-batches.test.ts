import { expect, it } from 'vitest';
import { inBatches } from './in-batches';

const items = Array.from({ length: 60 }, (_, index) => index);

it('sends every item once, in order, and tells how far it is', async () => {
  const progress: number[] = [];
  const results = await inBatches(items, async (batch) => batch.map((item) => item * 2), {
    signal: new AbortController().signal,
    onProgress: ({ done }) => progress.push(done),
  });
  expect(results).toEqual(items.map((item) => item * 2));
  expect(progress).toEqual([25, 50, 60]);
});

it('finishes the batch under way when it is cancelled, and sends no other', async () => {
  const abort = new AbortController();
  const results = await inBatches(
    items,
    async (batch) => {
      abort.abort();
      return batch;
    },
    { signal: abort.signal },
  );
  expect(results).toEqual(items.slice(0, 25));
});
