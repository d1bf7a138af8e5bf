import { type Continue, compileCrc } from './crc-wasm.ts';

/** The polynomials, reflected, as all three CRCs of S3 are. */
export const CRCS = {
  CRC32: { polynomial: 0xedb88320n, bits: 32 },
  CRC32C: { polynomial: 0x82f63b78n, bits: 32 },
  CRC64NVME: { polynomial: 0x9a6c9329ac4bc9b5n, bits: 64 },
} as const;

export type CrcName = keyof typeof CRCS;

const compiled = new Map<CrcName, Continue>();

/** The CRC of `previous` continued by `bytes`; starts from 0. For the two that Node does not have. */
export function crc(name: 'CRC32C' | 'CRC64NVME', bytes: Uint8Array, previous: bigint): bigint {
  const { polynomial, bits } = CRCS[name];
  let next = compiled.get(name);
  if (!next) {
    next = compileCrc(polynomial);
    compiled.set(name, next);
  }
  const inverted = (1n << BigInt(bits)) - 1n;
  return next(previous ^ inverted, bytes) ^ inverted;
}

/**
 * The CRC of bytes that come in pieces, from the pieces' own CRCs and lengths: what S3 says of a whole object is made
 * of what was computed while its parts arrived, and no byte is read twice.
 *
 * A CRC is a remainder in the polynomials over two elements, so what follows A by `n` bytes multiplies A's by x^8n.
 */
export function crcOfPieces(name: CrcName, pieces: { crc: bigint; sizeBytes: number }[]): bigint {
  const field = new Field(name);
  return pieces.reduce((whole, piece) => field.multiply(field.shift(piece.sizeBytes), whole) ^ piece.crc, 0n);
}

class Field {
  readonly #polynomial: bigint;
  /** The coefficient of x^0 is the highest bit. */
  readonly #one: bigint;
  /** Parts are mostly of one size. */
  readonly #shifts = new Map<number, bigint>();

  constructor(name: CrcName) {
    this.#polynomial = CRCS[name].polynomial;
    this.#one = 1n << BigInt(CRCS[name].bits - 1);
  }

  multiply(a: bigint, b: bigint): bigint {
    let product = 0n;
    let shifted = b;
    for (let bit = this.#one; bit > 0n; bit >>= 1n) {
      if (a & bit) product ^= shifted;
      shifted = shifted & 1n ? (shifted >> 1n) ^ this.#polynomial : shifted >> 1n;
    }
    return product;
  }

  /** x to the power of eight times `bytes`. */
  shift(bytes: number): bigint {
    const known = this.#shifts.get(bytes);
    if (known !== undefined) return known;
    let power = this.#one;
    let square = this.#one >> 1n;
    for (let bits = BigInt(bytes) * 8n; bits > 0n; bits >>= 1n) {
      if (bits & 1n) power = this.multiply(power, square);
      square = this.multiply(square, square);
    }
    this.#shifts.set(bytes, power);
    return power;
  }
}
