import { invalidArgument, type Script } from './script.ts';

/** Numbers: bases, bits, decimals. */
export const NUMBER_SCRIPTS: Record<string, Script> = {
  js_raise: {
    takes: ['text'],
    gives: 'text',
    run: (message: string) => {
      throw new Error(message);
    },
  },
  js_cbrt: { takes: ['double'], gives: 'double', run: Math.cbrt },
  js_round_decimal: {
    takes: ['text', 'integer'],
    gives: 'text',
    run: (text: string, digits: number) => roundDecimal(text, digits),
  },
  js_to_base: {
    takes: ['bigint', 'bigint'],
    gives: 'text',
    run: (value: bigint, radix: bigint) => value.toString(checkRadix(radix)),
  },
  js_from_base: {
    takes: ['text', 'bigint'],
    gives: 'bigint',
    run: (text: string, base: bigint) => {
      const radix = checkRadix(base);
      const digits = '0123456789abcdefghijklmnopqrstuvwxyz'.slice(0, radix);
      const match = /^([+-]?)(\w+)$/.exec(text.toLowerCase());
      const items = [...(match?.[2] ?? '')].map((digit) => digits.indexOf(digit));
      if (!match || items.includes(-1)) throw invalidArgument(`Not a valid base-${radix} number: ${text}`);
      return items.reduce((sum, digit) => sum * base + BigInt(digit), 0n) * (match[1] === '-' ? -1n : 1n);
    },
  },
  js_shift: {
    takes: ['text', 'bigint', 'integer', 'integer'],
    gives: 'bigint',
    run: (kind: string, value: bigint, by: number, bits: number) => {
      if (by < 0) throw invalidArgument('Specified shift must be positive');
      if (kind === 'arithmetic') return value >> BigInt(Math.min(by, 64));
      if (by >= bits) return 0n;
      const shifted = kind === 'left' ? value << BigInt(by) : BigInt.asUintN(bits, value) >> BigInt(by);
      return BigInt.asIntN(bits, shifted);
    },
  },
  js_bit_count: {
    takes: ['bigint', 'bigint'],
    gives: 'bigint',
    run: (value: bigint, bits: bigint) => {
      const width = Number(bits);
      if (width < 2 || width > 64)
        throw invalidArgument(`Bits specified in bit_count must be between 2 and 64, got ${bits}`);
      if (BigInt.asIntN(width, value) !== value)
        throw invalidArgument(
          `Number must be representable with the bits specified. ${value} cannot be represented with ${bits} bits`,
        );
      return BigInt(BigInt.asUintN(width, value).toString(2).replaceAll('0', '').length);
    },
  },
  js_normal_cdf: {
    takes: ['double', 'double', 'double'],
    gives: 'double',
    run: (mean: number, deviation: number, value: number) => {
      if (!(deviation > 0)) throw invalidArgument('standardDeviation must be > 0');
      return 0.5 * complementaryError(-(value - mean) / (deviation * Math.SQRT2));
    },
  },
};

function checkRadix(radix: bigint): number {
  if (radix < 2n || radix > 36n) throw invalidArgument('Radix must be between 2 and 36');
  return Number(radix);
}

function roundDecimal(text: string, digits: number): string {
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.');
  if (digits >= fraction.length) return text;
  const unscaled = BigInt(whole + fraction);
  const power = 10n ** BigInt(fraction.length - digits);
  const rounded = ((unscaled * 2n + power) / (power * 2n)) * power;
  const all = rounded.toString().padStart(fraction.length + 1, '0');
  const at = all.length - fraction.length;
  return `${text.startsWith('-') ? '-' : ''}${all.slice(0, at)}${fraction ? `.${all.slice(at)}` : ''}`;
}

/** erfc, by its series near zero and its continued fraction beyond: exact to about 15 digits. */
function complementaryError(x: number): number {
  if (x < 0) return 2 - complementaryError(-x);
  if (x < 2.5) {
    let term = x;
    let sum = x;
    for (let n = 1; n < 100; n++) {
      term *= -(x * x) / n;
      sum += term / (2 * n + 1);
    }
    return 1 - (2 / Math.sqrt(Math.PI)) * sum;
  }
  let fraction = 0;
  for (let n = 120; n > 0; n--) fraction = n / 2 / (x + fraction);
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + fraction);
}
