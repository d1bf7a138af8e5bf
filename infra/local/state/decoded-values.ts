import type { Database, Key } from 'lmdb';

/** More than a lake has buckets, users and roles. */
const KEPT = 1000;

interface Decoded<V> {
  bytes: Buffer;
  value: V;
}

/**
 * Values beside the bytes that they were decoded from. The bytes are read and compared every time, so that what is
 * returned is true inside of commits, after those that were undone, and in any order; only the decoding is spared.
 */
export class DecodedValues<V> {
  readonly #kept = new Map<string, Decoded<V>>();

  get(db: Database<V, Key>, key: (string | number | boolean)[]): V | undefined {
    // The buffer is LMDB's own, used again by the next read.
    const bytes = db.getBinaryFast(key);
    if (!bytes) return undefined;
    const name = key.length === 1 ? String(key[0]) : JSON.stringify(key);
    const known = this.#kept.get(name);
    if (known && known.bytes.length === bytes.length && known.bytes.compare(bytes, 0, bytes.length) === 0) {
      return known.value;
    }
    const copy = Buffer.alloc(bytes.length);
    bytes.copy(copy, 0, 0, copy.length);
    const value = frozen(db.get(key) as V);
    if (this.#kept.size >= KEPT) this.#kept.clear();
    this.#kept.set(name, { bytes: copy, value });
    return value;
  }
}

/** All who ask get the same value: none may change it for the others. */
function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}
