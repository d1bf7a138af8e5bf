const rowsPerBlock = 64 * 1024;
const lanes = 4;

/** The hashes of a file's rows, of key and values, sixteen bytes a row; grows without copying. */
export class HashList {
  length = 0;
  readonly #blocks: Uint32Array[] = [];

  add(keyHigh: number, keyLow: number, valuesHigh: number, valuesLow: number): void {
    const place = this.length++ % rowsPerBlock;
    if (place === 0) this.#blocks.push(new Uint32Array(lanes * rowsPerBlock));
    const block = this.#blocks.at(-1) as Uint32Array;
    block[lanes * place] = keyHigh;
    block[lanes * place + 1] = keyLow;
    block[lanes * place + 2] = valuesHigh;
    block[lanes * place + 3] = valuesLow;
  }

  /** Lane 0 and 1 are the key's, 2 and 3 the values'. */
  lane(row: number, lane: number): number {
    return (this.#blocks[Math.floor(row / rowsPerBlock)] as Uint32Array)[lanes * (row % rowsPerBlock) + lane] as number;
  }

  /** Whether the key (and the values, if asked) of a row are those of a row of another list. */
  isSame(row: number, other: HashList, otherRow: number, withValues: boolean): boolean {
    for (let lane = 0; lane < (withValues ? 4 : 2); lane++) {
      if (this.lane(row, lane) !== other.lane(otherRow, lane)) return false;
    }
    return true;
  }
}
