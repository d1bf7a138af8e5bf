/**
 * Reads single values in place, as spans of a text: no strings are made, since every value of a file's head comes by.
 *
 * What each type takes is written here once. A decimal mark is a point; there are no thousands separators; dates and
 * times are ISO 8601, with a space for the T if you like.
 */

/** Why a value does not fit; 0 when it does. */
export const fits = 0;
export const mismatch = 1;
export const impossible = 2;
export const tooLarge = 3;
export type Fit = typeof fits | typeof mismatch | typeof impossible | typeof tooLarge;

const zero = 0x30;
const nine = 0x39;
const point = 0x2e;

/** The shape of a number: what it has of digits; undefined where it is no number. */
export interface NumberShape {
  /** Before the point, leading zeros left out. */
  integerDigits: number;
  /** After the point, trailing zeros left out. */
  significantFraction: number;
  /** After the point, as written. */
  fractionDigits: number;
  hasExponent: boolean;
  hasPoint: boolean;
  /** `+5`, `007`: a phone number or a code rather than a quantity. */
  isPadded: boolean;
}

// One shape for all calls: the caller reads it before the next call.
const shape: NumberShape = {
  integerDigits: 0,
  significantFraction: 0,
  fractionDigits: 0,
  hasExponent: false,
  hasPoint: false,
  isPadded: false,
};

/** Reads a number; the answer is valid until the next call. */
export function readNumber(text: string, start: number, end: number): NumberShape | undefined {
  let at = start;
  const sign = text.charCodeAt(at);
  if (sign === 0x2b || sign === 0x2d) at++;
  const integerStart = at;
  while (at < end && text.charCodeAt(at) === zero) at++;
  const leadingZeros = at - integerStart;
  const significantStart = at;
  at = skipDigits(text, at, end);
  shape.integerDigits = at - significantStart;
  const integerLength = at - integerStart;
  shape.isPadded = sign === 0x2b || leadingZeros > 1 || (leadingZeros === 1 && shape.integerDigits > 0);
  shape.hasPoint = at < end && text.charCodeAt(at) === point;
  shape.fractionDigits = 0;
  shape.significantFraction = 0;
  if (shape.hasPoint) {
    const fractionStart = ++at;
    at = skipDigits(text, at, end);
    shape.fractionDigits = at - fractionStart;
    let last = at;
    while (last > fractionStart && text.charCodeAt(last - 1) === zero) last--;
    shape.significantFraction = last - fractionStart;
  }
  if (integerLength + shape.fractionDigits === 0) return undefined;
  shape.hasExponent = at < end && (text.charCodeAt(at) | 0x20) === 0x65;
  if (shape.hasExponent) at = skipExponent(text, at + 1, end);
  return at === end ? shape : undefined;
}

function skipExponent(text: string, start: number, end: number): number {
  const sign = text.charCodeAt(start);
  const digitsStart = sign === 0x2b || sign === 0x2d ? start + 1 : start;
  const at = skipDigits(text, digitsStart, end);
  return at > digitsStart ? at : -1;
}

function skipDigits(text: string, start: number, end: number): number {
  let at = start;
  while (at < end) {
    const code = text.charCodeAt(at);
    if (code < zero || code > nine) break;
    at++;
  }
  return at;
}

const bigintDigits = 19;
const bigintMax = 2n ** 63n - 1n;

export function fitBigint(text: string, start: number, end: number): Fit {
  // Nearly every value of a good file is plain digits, and this line is then all that it costs.
  if (end - start < bigintDigits && end > start && skipDigits(text, start, end) === end) return fits;
  const number = readNumber(text, start, end);
  if (!number || number.hasPoint || number.hasExponent) return mismatch;
  if (number.integerDigits < bigintDigits) return fits;
  if (number.integerDigits > bigintDigits) return tooLarge;
  const value = BigInt(text.slice(start, end).replace('+', ''));
  return value > bigintMax || value < -bigintMax - 1n ? tooLarge : fits;
}

export function fitDecimal(text: string, start: number, end: number, precision: number, scale: number): Fit {
  const integerEnd = skipDigits(text, start, end);
  const hasRoom = integerEnd > start && integerEnd - start <= precision - scale;
  if (hasRoom && integerEnd === end) return fits;
  const isPlain = hasRoom && text.charCodeAt(integerEnd) === point && end - integerEnd - 1 <= scale;
  if (isPlain && skipDigits(text, integerEnd + 1, end) === end) return fits;
  const number = readNumber(text, start, end);
  if (!number || number.hasExponent || number.significantFraction > scale) return mismatch;
  return number.integerDigits > precision - scale ? tooLarge : fits;
}

export function fitDouble(text: string, start: number, end: number): Fit {
  const number = readNumber(text, start, end);
  if (!number) return mismatch;
  const mayOverflow = number.hasExponent || number.integerDigits > 300;
  return mayOverflow && !Number.isFinite(Number(text.slice(start, end))) ? tooLarge : fits;
}

export function fitBoolean(text: string, start: number, end: number): Fit {
  return isWord(text, start, end, 'true') || isWord(text, start, end, 'false') ? fits : mismatch;
}

function isWord(text: string, start: number, end: number, word: string): boolean {
  if (end - start !== word.length) return false;
  for (let index = 0; index < word.length; index++) {
    if ((text.charCodeAt(start + index) | 0x20) !== word.charCodeAt(index)) return false;
  }
  return true;
}

/** `2024-02-29` */
export function fitDate(text: string, start: number, end: number): Fit {
  if (end - start !== 10 || text.charCodeAt(start + 4) !== 0x2d || text.charCodeAt(start + 7) !== 0x2d) return mismatch;
  const century = readTwoDigits(text, start);
  const yearOfCentury = readTwoDigits(text, start + 2);
  const month = readTwoDigits(text, start + 5);
  const day = readTwoDigits(text, start + 8);
  if (century < 0 || yearOfCentury < 0 || month < 0 || day < 0) return mismatch;
  const year = century * 100 + yearOfCentury;
  return year > 0 && month >= 1 && month <= 12 && day >= 1 && day <= daysOf(year, month) ? fits : impossible;
}

const daysOfMonths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function daysOf(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 && isLeap ? 29 : (daysOfMonths[month - 1] as number);
}

/** `2024-02-29 13:05`, `2024-02-29T13:05:59.123456+01:00`, or a date alone, for its midnight. */
export function fitTimestamp(text: string, start: number, end: number): Fit {
  const date = fitDate(text, start, Math.min(end, start + 10));
  if (date === mismatch || end - start === 10) return date;
  const separator = text.charCodeAt(start + 10) | 0x20;
  if (separator !== 0x74 && separator !== 0x20) return mismatch;
  const time = fitTime(text, start + 11, end);
  return time === fits ? date : time;
}

function fitTime(text: string, start: number, end: number): Fit {
  const hour = readTwoDigits(text, start);
  const minute = readTwoDigits(text, start + 3);
  if (start + 5 > end || hour < 0 || minute < 0 || text.charCodeAt(start + 2) !== 0x3a) return mismatch;
  let at = start + 5;
  let second = 0;
  if (at < end && text.charCodeAt(at) === 0x3a) {
    second = readTwoDigits(text, at + 1);
    if (at + 3 > end || second < 0) return mismatch;
    at = skipFraction(text, at + 3, end);
  }
  if (!isZone(text, at, end)) return mismatch;
  return hour <= 23 && minute <= 59 && second <= 59 ? fits : impossible;
}

function skipFraction(text: string, start: number, end: number): number {
  if (start >= end || text.charCodeAt(start) !== point) return start;
  const at = skipDigits(text, start + 1, end);
  return at > start + 1 && at - start <= 10 ? at : -1;
}

const zone = /^(|Z|[+-]\d\d(:?\d\d)?)$/i;

function isZone(text: string, start: number, end: number): boolean {
  return start === end || (start >= 0 && zone.test(text.slice(start, end)));
}

/** The number that the two digits here make, or -1. */
function readTwoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - zero;
  const ones = text.charCodeAt(at + 1) - zero;
  // The negation catches NaN, which is what lies beyond the end of the text.
  if (!(tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9)) return -1;
  return tens * 10 + ones;
}
