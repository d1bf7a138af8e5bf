/**
 * Sixty-four bits of a row, as two lanes of 32: BigInt would cost ten times as much. Two of five million rows have the
 * same by accident about once in a million comparisons.
 */
export class RowHash {
  high = 0;
  low = 0;
  readonly #seed: number;

  /** A seed that nobody knows beforehand keeps a file from being made so that its rows collide. */
  constructor(seed: number) {
    this.#seed = seed | 0;
  }

  start(): void {
    this.high = this.#seed ^ 0x9e3779b9;
    this.low = ~this.#seed ^ 0x7f4a7c15;
  }

  /** Takes one value; null is none of the texts. */
  add(value: string | null): void {
    let { high, low } = this;
    if (value === null) {
      high = mix(high, 0x10001);
      low = mixOther(low, 0x10001) + high;
    } else {
      for (let at = 0; at < value.length; at++) {
        const code = value.charCodeAt(at);
        high = mix(high, code);
        low = mixOther(low, code) + high;
      }
      // Beyond every character, so that "ab","c" is not "a","bc".
      high = mix(high, 0x10002 + value.length);
      low = mixOther(low, 0x10002) + high;
    }
    this.high = high | 0;
    this.low = low | 0;
  }

  end(): void {
    const { high, low } = this;
    this.low = finish(low + high) >>> 0;
    this.high = finish(high ^ this.low) >>> 0;
  }
}

// The constants and steps are those of MurmurHash3: https://github.com/aappleby/smhasher/wiki/MurmurHash3
function mix(lane: number, value: number): number {
  const mixed = Math.imul(lane ^ Math.imul(value, 0xcc9e2d51), 0x1b873593);
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0;
}

function mixOther(lane: number, value: number): number {
  const mixed = Math.imul(lane ^ Math.imul(value, 0x239b961b), 0xab0e9789);
  return (Math.imul((mixed << 17) | (mixed >>> 15), 5) + 0x561ccd1b) | 0;
}

function finish(lane: number): number {
  let mixed = Math.imul(lane ^ (lane >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
