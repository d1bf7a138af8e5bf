import type { HashList } from './hash-list.ts';

/**
 * Finds rows by their hash, each once: rows that hash alike are handed out in the order of the file. Open addressing;
 * a slot holds the next row to hand out plus one, its negative once none is left, 0 where there never was one.
 */
export class RowTable {
  /** How many different hashes there are among the rows. */
  distinct = 0;
  readonly #rows: HashList;
  readonly #withValues: boolean;
  readonly #slots: Int32Array;
  readonly #mask: number;
  /** Per row the next one that hashes alike, plus one. */
  readonly #next: Int32Array;

  constructor(rows: HashList, withValues: boolean, isWanted: (row: number) => boolean = () => true) {
    this.#rows = rows;
    this.#withValues = withValues;
    const capacity = 2 ** Math.ceil(Math.log2(Math.max(16, rows.length * 1.4)));
    this.#slots = new Int32Array(capacity);
    this.#mask = capacity - 1;
    this.#next = new Int32Array(rows.length);
    for (let row = rows.length - 1; row >= 0; row--) if (isWanted(row)) this.#insert(row);
  }

  /** Returns the first row left that hashes like this one, and takes it out; -1 when there is none. */
  take(rows: HashList, row: number): number {
    const slot = this.#find(rows, row);
    const head = this.#slots[slot] as number;
    if (head <= 0) return -1;
    const next = this.#next[head - 1] as number;
    this.#slots[slot] = next === 0 ? -head : next;
    return head - 1;
  }

  #insert(row: number): void {
    const slot = this.#find(this.#rows, row);
    const head = this.#slots[slot] as number;
    if (head === 0) this.distinct++;
    this.#next[row] = head;
    this.#slots[slot] = row + 1;
  }

  #find(rows: HashList, row: number): number {
    let slot = (rows.lane(row, 1) ^ (this.#withValues ? rows.lane(row, 3) : 0)) & this.#mask;
    for (;;) {
      const held = this.#slots[slot] as number;
      if (held === 0 || this.#rows.isSame(Math.abs(held) - 1, rows, row, this.#withValues)) return slot;
      slot = (slot + 1) & this.#mask;
    }
  }
}
