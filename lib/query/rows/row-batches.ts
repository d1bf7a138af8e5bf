import type { Cell } from '../schemas';

/** So many rows, or so many characters in them, are held at once, whichever comes first. */
const BATCH = { rows: 16_384, characters: 8_000_000 };

/** Gathers pages of rows into batches: columnar formats pay for each batch, and memory for its size. */
export async function* rowBatches(pages: AsyncIterable<readonly Cell[][]>): AsyncGenerator<Cell[][]> {
  let batch: Cell[][] = [];
  let characters = 0;
  for await (const page of pages) {
    for (const row of page) {
      batch.push(row);
      for (const cell of row) characters += cell?.length ?? 0;
      if (batch.length < BATCH.rows && characters < BATCH.characters) continue;
      yield batch;
      batch = [];
      characters = 0;
    }
  }
  if (batch.length > 0) yield batch;
}
