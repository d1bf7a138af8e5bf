/**
 * The two CRCs that Node does not have. Both are table-driven over 8 bytes a step, so that a part of 16 MiB costs
 * tens of milliseconds; CRC-64 is kept as two 32-bit halves because BigInt arithmetic is a hundred times slower.
 */

const CASTAGNOLI = 0x82f63b78;
// CRC-64/NVME, reflected: 0x9a6c9329ac4bc9b5.
const NVME_HIGH = 0x9a6c9329;
const NVME_LOW = 0xac4bc9b5;

let castagnoliTables: Uint32Array[] | undefined;
let nvmeTables: { high: Uint32Array[]; low: Uint32Array[] } | undefined;

/** CRC-32C of `previous` continued by `bytes`; starts from 0. */
export function crc32c(bytes: Uint8Array, previous = 0): number {
  castagnoliTables ??= makeCastagnoliTables();
  const [t0, t1, t2, t3, t4, t5, t6, t7] = castagnoliTables as EightTables;
  let crc = ~previous;
  let i = 0;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const end = bytes.length - 7; i < end; i += 8) {
    const a = crc ^ view.getUint32(i, true);
    const b = view.getUint32(i + 4, true);
    crc =
      at(t7, a & 255) ^
      at(t6, (a >>> 8) & 255) ^
      at(t5, (a >>> 16) & 255) ^
      at(t4, a >>> 24) ^
      at(t3, b & 255) ^
      at(t2, (b >>> 8) & 255) ^
      at(t1, (b >>> 16) & 255) ^
      at(t0, b >>> 24);
  }
  for (; i < bytes.length; i++) crc = at(t0, (crc ^ at(bytes, i)) & 255) ^ (crc >>> 8);
  return ~crc >>> 0;
}

/** The running state of CRC-64/NVME. */
export interface Crc64 {
  high: number;
  low: number;
}

/** CRC-64/NVME of `previous` continued by `bytes`; starts from zero. */
export function crc64nvme(bytes: Uint8Array, previous: Crc64 = { high: 0, low: 0 }): Crc64 {
  nvmeTables ??= makeNvmeTables();
  const [h0, h1, h2, h3, h4, h5, h6, h7] = nvmeTables.high as EightTables;
  const [l0, l1, l2, l3, l4, l5, l6, l7] = nvmeTables.low as EightTables;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let high = ~previous.high;
  let low = ~previous.low;
  let i = 0;
  for (const end = bytes.length - 7; i < end; i += 8) {
    const a = low ^ view.getUint32(i, true);
    const b = high ^ view.getUint32(i + 4, true);
    const a0 = a & 255;
    const a1 = (a >>> 8) & 255;
    const a2 = (a >>> 16) & 255;
    const a3 = a >>> 24;
    const b0 = b & 255;
    const b1 = (b >>> 8) & 255;
    const b2 = (b >>> 16) & 255;
    const b3 = b >>> 24;
    high = at(h7, a0) ^ at(h6, a1) ^ at(h5, a2) ^ at(h4, a3) ^ at(h3, b0) ^ at(h2, b1) ^ at(h1, b2) ^ at(h0, b3);
    low = at(l7, a0) ^ at(l6, a1) ^ at(l5, a2) ^ at(l4, a3) ^ at(l3, b0) ^ at(l2, b1) ^ at(l1, b2) ^ at(l0, b3);
  }
  for (; i < bytes.length; i++) {
    const index = (low ^ at(bytes, i)) & 255;
    low = at(l0, index) ^ ((low >>> 8) | (high << 24));
    high = at(h0, index) ^ (high >>> 8);
  }
  return { high: ~high >>> 0, low: ~low >>> 0 };
}

/**
 * The CRC of A followed by B, from the CRC of each and B's length: advances A's by as many zero bytes, in the field
 * over two elements. It is how S3 makes a whole object's checksum out of its parts'.
 */
export function combineCrcs(polynomial: bigint, width: 32n | 64n, a: bigint, b: bigint, lengthOfB: number): bigint {
  // The operator for one zero bit, as a matrix whose row n is the image of bit n.
  let operator = Array.from({ length: Number(width) }, (_, n) => (n === 0 ? polynomial : 1n << BigInt(n - 1)));
  let crc = a;
  for (let bits = BigInt(lengthOfB) * 8n; bits > 0n; bits >>= 1n) {
    if (bits & 1n) crc = times(operator, crc);
    const square = operator;
    operator = square.map((row) => times(square, row));
  }
  return crc ^ b;
}

export const POLYNOMIALS = {
  CRC32: 0xedb88320n,
  CRC32C: BigInt(CASTAGNOLI),
  CRC64NVME: (BigInt(NVME_HIGH) << 32n) | BigInt(NVME_LOW),
};

function times(matrix: bigint[], vector: bigint): bigint {
  let sum = 0n;
  for (let n = 0; vector > 0n; n++, vector >>= 1n) if (vector & 1n) sum ^= matrix[n] ?? 0n;
  return sum;
}

type EightTables = [
  Uint32Array,
  Uint32Array,
  Uint32Array,
  Uint32Array,
  Uint32Array,
  Uint32Array,
  Uint32Array,
  Uint32Array,
];

// The index is in range by construction; a check in the innermost loop would cost a third of the speed.
const at = (table: ArrayLike<number>, index: number): number => table[index] as number;

function makeCastagnoliTables(): Uint32Array[] {
  const tables = Array.from({ length: 8 }, () => new Uint32Array(256));
  const [first] = tables as EightTables;
  for (let n = 0; n < 256; n++) {
    let c = n;
    for (let bit = 0; bit < 8; bit++) c = c & 1 ? (c >>> 1) ^ CASTAGNOLI : c >>> 1;
    first[n] = c;
  }
  for (let n = 0; n < 256; n++) {
    let c = at(first, n);
    for (const table of tables.slice(1)) {
      c = at(first, c & 255) ^ (c >>> 8);
      table[n] = c;
    }
  }
  return tables;
}

function makeNvmeTables(): { high: Uint32Array[]; low: Uint32Array[] } {
  const high = Array.from({ length: 8 }, () => new Uint32Array(256));
  const low = Array.from({ length: 8 }, () => new Uint32Array(256));
  const [firstHigh] = high as EightTables;
  const [firstLow] = low as EightTables;
  for (let n = 0; n < 256; n++) {
    let h = 0;
    let l = n;
    for (let bit = 0; bit < 8; bit++) {
      const carry = l & 1;
      l = (l >>> 1) | (h << 31);
      h >>>= 1;
      if (carry) {
        h ^= NVME_HIGH;
        l ^= NVME_LOW;
      }
    }
    firstHigh[n] = h;
    firstLow[n] = l;
  }
  for (let n = 0; n < 256; n++) {
    let h = at(firstHigh, n);
    let l = at(firstLow, n);
    for (let t = 1; t < 8; t++) {
      const index = l & 255;
      l = at(firstLow, index) ^ ((l >>> 8) | (h << 24));
      h = at(firstHigh, index) ^ (h >>> 8);
      (high[t] as Uint32Array)[n] = h;
      (low[t] as Uint32Array)[n] = l;
    }
  }
  return { high, low };
}
