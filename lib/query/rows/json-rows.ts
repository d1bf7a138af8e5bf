import type { Cell, ResultColumn } from '../schemas';
import { jsonRow } from './json-row';
import { keyNames } from './key-names';

type Pages = AsyncIterable<readonly Cell[][]>;

/** Writes rows as a JSON array of objects, a page in memory at a time. */
export async function* jsonRows(columns: readonly ResultColumn[], pages: Pages): AsyncGenerator<Uint8Array> {
  let before = '[\n';
  for await (const lines of jsonLines(columns, pages)) {
    yield Buffer.from(before + lines.join(',\n'));
    before = ',\n';
  }
  yield Buffer.from(before === '[\n' ? '[]\n' : '\n]\n');
}

/** The same objects, one a line. https://github.com/ndjson/ndjson-spec */
export async function* ndjsonRows(columns: readonly ResultColumn[], pages: Pages): AsyncGenerator<Uint8Array> {
  for await (const lines of jsonLines(columns, pages)) yield Buffer.from(`${lines.join('\n')}\n`);
}

async function* jsonLines(columns: readonly ResultColumn[], pages: Pages): AsyncGenerator<string[]> {
  const names = keyNames(columns);
  for await (const rows of pages) {
    if (rows.length > 0) yield rows.map((row) => JSON.stringify(jsonRow(names, columns, row)));
  }
}
