import 'server-only';
import type { Cell } from '../schemas';
import { viewOf, viewRows } from './list-result-rows';
import type { OpenResult } from './open-result';
import type { ResultView } from './view-schemas';

const ROWS_AT_ONCE = 500;

/** All rows that a view shows, in its order, some at a time and whole. */
export async function* viewBatches(result: OpenResult, view: ResultView): AsyncGenerator<Cell[][]> {
  const release = result.spool.hold();
  try {
    const places = await viewOf(result, view);
    for (let from = 0; from < places.starts.length; from += ROWS_AT_ONCE) {
      yield (await viewRows(result, places, from, ROWS_AT_ONCE)).rows;
    }
  } finally {
    release();
  }
}
