import { jsonRow } from '@/lib/data-api/json-rows';
import { keyNames } from '../rows/key-names';
import type { Cell, ResultColumn } from '../schemas';

/** An array of objects, typed as the data API types them: every digit of a decimal and of a bigint is kept. */
export async function* writeJson(
  columns: readonly ResultColumn[],
  batches: AsyncIterable<Cell[][]>,
): AsyncGenerator<Uint8Array> {
  let opening = '[\n';
  for await (const lines of jsonLines(columns, batches)) {
    yield Buffer.from(opening + lines.join(',\n'));
    opening = ',\n';
  }
  yield Buffer.from(opening === '[\n' ? '[]\n' : '\n]\n');
}

/** The same objects, one a line. */
export async function* writeNdjson(
  columns: readonly ResultColumn[],
  batches: AsyncIterable<Cell[][]>,
): AsyncGenerator<Uint8Array> {
  for await (const lines of jsonLines(columns, batches)) yield Buffer.from(`${lines.join('\n')}\n`);
}

async function* jsonLines(
  columns: readonly ResultColumn[],
  batches: AsyncIterable<Cell[][]>,
): AsyncGenerator<string[]> {
  const names = keyNames(columns);
  for await (const rows of batches) {
    if (rows.length > 0) yield rows.map((row) => JSON.stringify(jsonRow(names, columns, row)));
  }
}
