/**
 * Records that wait to be delivered, as packed lines in the State: they are written about once a second, and leave it
 * in the commit that makes their log file. So a kill loses at most what the last second brought, and no record is
 * delivered twice.
 */
import { gunzipSync, gzipSync } from 'node:zlib';
import type { State, Table } from '../../state/state.ts';

export interface Spooled {
  keys: [string, number][];
  /** JSON, one record each. */
  lines: string[];
}

/** A log file holds no more than this, packed or not. */
const LINES_MAX = 10_000;
const BYTES_MAX = 16 * 1024 * 1024;

export class Spool {
  readonly #table: Table<Uint8Array>;
  #next = 1;

  constructor(state: State) {
    this.#table = state.table('cloudtrail-spool', { encoding: 'binary' });
    for (const { key } of this.#table.range()) this.#next = Math.max(this.#next, (key[1] as number) + 1);
  }

  /** Inside a commit. */
  append(trailName: string, lines: readonly string[]): void {
    this.#table.put([trailName, this.#next++], gzipSync(lines.join('\n'), { level: 1 }));
  }

  isEmpty(trailName: string): boolean {
    for (const _ of this.#table.under([trailName], { limit: 1 })) return false;
    return true;
  }

  /** The oldest, as much as one log file holds; undefined where nothing waits. */
  take(trailName: string): Spooled | undefined {
    const taken: Spooled = { keys: [], lines: [] };
    let bytes = 0;
    for (const { key, value } of this.#table.under([trailName])) {
      const text = gunzipSync(value).toString('utf8');
      bytes += text.length;
      if (taken.keys.length > 0 && (bytes > BYTES_MAX || taken.lines.length > LINES_MAX)) break;
      taken.keys.push(key as [string, number]);
      taken.lines.push(...text.split('\n'));
    }
    return taken.keys.length > 0 ? taken : undefined;
  }

  /** Inside a commit. */
  remove(keys: Spooled['keys']): void {
    for (const key of keys) this.#table.remove(key);
  }

  /** Inside a commit: forgets what waits for a trail that is no more. */
  clear(trailName: string): void {
    for (const { key } of [...this.#table.under([trailName])]) this.#table.remove(key);
  }
}
