/**
 * Management events of the last 90 days, for LookupEvents: kept whether or not there is a trail.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/view-cloudtrail-events.html
 */
import { gunzipSync, gzipSync } from 'node:zlib';
import { TrailRecord } from '../../../../lib/languages/cloudtrail/record.ts';
import type { State, Table } from '../../state/state.ts';

const KEPT_MS = 90 * 24 * 3_600_000;
/** Packed; the oldest go first. Some 200,000 events. */
const KEPT_BYTES = 32 * 1024 * 1024;

/** Where a search goes on: a batch, and how many of its events were passed already. */
export interface HistoryPosition {
  atMs: number;
  sequence: number;
  passed: number;
}

export interface Remembered {
  record: TrailRecord;
  line: string;
  /** Right behind this event. */
  position: HistoryPosition;
}

export class History {
  readonly #table: Table<Uint8Array>;
  #bytes = 0;
  #next = 1;

  constructor(state: State) {
    this.#table = state.table('cloudtrail-history', { encoding: 'binary' });
    for (const { key, value } of this.#table.range()) {
      this.#bytes += value.length;
      this.#next = Math.max(this.#next, (key[1] as number) + 1);
    }
  }

  /** Inside a commit. */
  append(atMs: number, lines: readonly string[]): void {
    const packed = gzipSync(lines.join('\n'), { level: 1 });
    this.#table.put([atMs, this.#next++], packed);
    this.#bytes += packed.length;
    this.#forget(atMs - KEPT_MS);
  }

  #forget(beforeMs: number): void {
    // A few at a time: each append makes as much room as it takes.
    for (const { key, value } of [...this.#table.range({ limit: 4 })]) {
      if (this.#bytes <= KEPT_BYTES && (key[0] as number) >= beforeMs) return;
      this.#table.remove(key);
      this.#bytes -= value.length;
    }
  }

  /** Newest first, from right behind `after`. */
  *events(after?: HistoryPosition): Iterable<Remembered> {
    // Longer than the key of the batch, and so right behind it.
    const start = after && [after.atMs, after.sequence, 0];
    for (const { key, value } of this.#table.range({ reverse: true, ...(start && { start }) })) {
      const [atMs, sequence] = key as [number, number];
      const lines = gunzipSync(value).toString('utf8').split('\n').toReversed();
      const isContinued = after?.atMs === atMs && after.sequence === sequence;
      for (const [index, line] of lines.entries()) {
        if (isContinued && index < after.passed) continue;
        const record = TrailRecord.parse(JSON.parse(line));
        yield { record, line, position: { atMs, sequence, passed: index + 1 } };
      }
    }
  }
}
