import {
  fitBigint,
  fitBoolean,
  fitDate,
  fits,
  fitTimestamp,
  impossible,
  mismatch,
  readNumber,
  tooLarge,
} from '../file-format/value-kind.ts';
import type { PhysicalType } from './contract.ts';

const boolean = 1;
const number = 2;
const date = 4;
const timestamp = 8;
const all = boolean | number | date | timestamp;

const defaultPrecision = 18;
const precisionMax = 38;
/** Room for larger numbers than a first file happens to hold. */
const spareDigits = 3;
const scaleMax = 6;
/** Every whole number of so many digits has room in a bigint. */
const safeDigits = 18;

/** Narrows down, value by value, what type a column can have. */
export class ColumnProfile {
  emptyValues = 0;
  values = 0;
  #kinds = all;
  #impossibleDates = 0;
  #hasIntegers = false;
  #isApproximate = false;
  #integerDigits = 0;
  #scaleMin = Number.POSITIVE_INFINITY;
  #scaleMax = 0;

  /** Takes a value of a text file, in place. */
  addField(text: string, start: number, end: number): void {
    if (start === end) {
      this.emptyValues++;
      return;
    }
    this.values++;
    if (this.#kinds & number) this.#addNumber(text, start, end);
    if (this.#kinds & boolean && fitBoolean(text, start, end) !== fits) this.#kinds &= ~boolean;
    if (this.#kinds & (date | timestamp)) this.#addDate(text, start, end);
  }

  /** Takes a JSON value: what is in quotes is no number, and a number holds no word on how many decimals it should have. */
  addJson(value: unknown): void {
    const text = value === null ? '' : String(value).trim();
    if (text === '') {
      this.emptyValues++;
      return;
    }
    if (typeof value === 'string') this.#kinds &= date | timestamp;
    else if (typeof value === 'number') this.#kinds &= number;
    else this.#kinds &= typeof value === 'boolean' ? boolean : 0;
    this.addField(text, 0, text.length);
    if (typeof value === 'number' && !Number.isInteger(value)) this.#isApproximate = true;
  }

  get physicalType(): PhysicalType {
    if (this.values === 0) return 'string';
    if (this.#kinds & boolean) return 'boolean';
    if (this.#kinds & number) return this.#numberType();
    // Some days that do not exist are mistakes to be reported; many are a sign that these are no dates.
    if (this.#impossibleDates * 2 > this.values) return 'string';
    if (this.#kinds & date) return 'date';
    return this.#kinds & timestamp ? 'timestamp' : 'string';
  }

  #addNumber(text: string, start: number, end: number): void {
    const shape = readNumber(text, start, end);
    // Leading zeros and plus signs are those of codes and phone numbers, which a number would lose.
    if (!shape || shape.isPadded) {
      this.#kinds &= ~number;
      return;
    }
    this.#integerDigits = Math.max(this.#integerDigits, shape.integerDigits);
    if (shape.hasExponent) this.#isApproximate = true;
    else if (shape.hasPoint) this.#addScale(shape.fractionDigits);
    else if (shape.integerDigits > safeDigits && fitBigint(text, start, end) === tooLarge) this.#kinds &= ~number;
    else this.#hasIntegers = true;
  }

  #addScale(digits: number): void {
    this.#scaleMin = Math.min(this.#scaleMin, digits);
    this.#scaleMax = Math.max(this.#scaleMax, digits);
  }

  #addDate(text: string, start: number, end: number): void {
    const fit = fitTimestamp(text, start, end);
    if (fit === mismatch) this.#kinds &= ~(date | timestamp);
    else if (this.#kinds & date && fitDate(text, start, end) === mismatch) this.#kinds &= ~date;
    if (fit === impossible) this.#impossibleDates++;
  }

  /** Amounts have the same number of decimals throughout, and must add up exactly; measures vary. */
  #numberType(): PhysicalType {
    const hasFractions = this.#scaleMin <= this.#scaleMax;
    if (!hasFractions && !this.#isApproximate) return 'bigint';
    const isAmount = this.#scaleMin === this.#scaleMax && this.#scaleMax <= scaleMax && !this.#isApproximate;
    const scale = this.#scaleMax;
    if (!isAmount || scale === 0 || (this.#hasIntegers && scale === 1)) return 'double';
    const digits = this.#integerDigits + spareDigits + scale;
    if (digits > precisionMax) return 'double';
    return `decimal(${digits > defaultPrecision ? precisionMax : defaultPrecision},${scale})`;
  }
}
