import { WrongProjection } from './wrong-projection.ts';

/** A table whose partitions would be more is a mistake in its properties; AWS lets such a query run into its time limit. */
export const MAX_PARTITIONS = 100_000;

/** What a query says of injected columns: the values of each, where it names them. */
export type NamedValues = (column: string) => string[] | undefined;

/**
 * The values that the properties of a table tell of one of its partition columns.
 * https://docs.aws.amazon.com/athena/latest/ug/partition-projection-supported-types.html
 */
export class ProjectedColumn {
  readonly #name: string;
  readonly #table: string;
  readonly #properties: Readonly<Record<string, string>>;
  readonly #now: Date;

  /** `table` is its full name, for messages. */
  constructor(name: string, of: { table: string; properties: Readonly<Record<string, string>>; now: Date }) {
    this.#name = name;
    this.#table = of.table;
    this.#properties = of.properties;
    this.#now = of.now;
  }

  /** Throws WrongProjection where the properties, or a query without the value of an injected column, tell none. */
  values(named: NamedValues): string[] {
    switch (this.#property('type')?.toLowerCase()) {
      case 'enum':
        return this.#must('values')
          .split(',')
          .map((value) => value.trim());
      case 'integer':
        return this.#integers();
      case 'date':
        return this.#dates();
      case 'injected':
        return this.#injected(named);
      default:
        throw this.#wrong('type', 'must be enum, integer, date or injected');
    }
  }

  #property(name: string): string | undefined {
    return this.#properties[`projection.${this.#name}.${name}`];
  }

  #must(name: string): string {
    const value = this.#property(name);
    if (value === undefined) throw this.#wrong(name, 'is missing');
    return value;
  }

  #wrong(name: string, what: string): WrongProjection {
    const property = `projection.${this.#name}.${name}`;
    return new WrongProjection(
      'INVALID_TABLE_PROPERTY',
      `Table ${this.#table}: the property '${property}' ${what}`,
      property,
    );
  }

  #integers(): string[] {
    const [from, to] = this.#must('range')
      .split(',')
      .map((bound) => Number(bound.trim()));
    const [step, digits] = [Number(this.#property('interval') ?? 1), Number(this.#property('digits') ?? 0)];
    if (!Number.isInteger(from) || !Number.isInteger(to) || !(step > 0))
      throw this.#wrong('range', 'is not two whole numbers');
    const count = Math.floor(((to as number) - (from as number)) / step) + 1;
    if (count > MAX_PARTITIONS) throw this.#wrong('range', `has ${count} values`);
    return Array.from({ length: Math.max(0, count) }, (_, index) =>
      String((from as number) + index * step).padStart(digits, '0'),
    );
  }

  #dates(): string[] {
    const format = this.#must('format');
    const [from, to] = this.#must('range')
      .split(',')
      .map((bound) => this.#date(bound.trim(), format));
    const unit = this.#property('interval.unit')?.toUpperCase().replace(/S$/, '') ?? smallestUnit(format);
    const step = Number(this.#property('interval') ?? 1);
    const values: string[] = [];
    for (let at = from as Date; at <= (to as Date); at = moved(at, unit, step)) {
      values.push(formatted(at, format));
      if (values.length > MAX_PARTITIONS) throw this.#wrong('range', `has more than ${MAX_PARTITIONS} values`);
    }
    return values;
  }

  /** `2024-01-01`, `NOW`, `NOW-3DAYS` */
  #date(text: string, format: string): Date {
    const relative = /^NOW(?:\s*([+-])\s*(\d+)\s*([A-Z]+?)S?)?$/i.exec(text);
    if (relative) {
      const [, sign, amount, unit] = relative;
      return unit ? moved(this.#now, unit.toUpperCase(), Number(amount) * (sign === '-' ? -1 : 1)) : this.#now;
    }
    const found: Record<string, number> = {};
    let at = 0;
    for (const [letters, quoted] of format.matchAll(/'([^']*)'|y+|M+|d+|H+|m+|s+|./g)) {
      const length = quoted?.length ?? letters.length;
      if (/^[yMdHms]/.test(letters)) found[letters[0] as string] = Number(text.slice(at, at + length));
      at += length;
    }
    const { y = 1970, M = 1, d = 1, H = 0, m = 0, s = 0 } = found;
    const date = new Date(Date.UTC(y, M - 1, d, H, m, s));
    if (Number.isNaN(date.getTime()))
      throw this.#wrong('range', `has a bound that is not of the format ${format}: ${text}`);
    return date;
  }

  /** Only a query can say which values there are. */
  #injected(named: NamedValues): string[] {
    const values = named(this.#name);
    if (values) return [...new Set(values)];
    const message = `For the injected projected partition column ${this.#name}, the WHERE clause must contain only static equality conditions, and at least one such condition must be present: ${this.#table}`;
    throw new WrongProjection('CONSTRAINT_VIOLATION', message, this.#name);
  }
}

function smallestUnit(format: string): string {
  const letters = format.replaceAll(/'[^']*'/g, '');
  return letters.includes('s')
    ? 'SECOND'
    : letters.includes('m')
      ? 'MINUTE'
      : letters.includes('H')
        ? 'HOUR'
        : letters.includes('d')
          ? 'DAY'
          : letters.includes('M')
            ? 'MONTH'
            : 'YEAR';
}

const MILLISECONDS: Record<string, number> = {
  WEEK: 604_800_000,
  DAY: 86_400_000,
  HOUR: 3_600_000,
  MINUTE: 60_000,
  SECOND: 1000,
};

function moved(date: Date, unit: string, amount: number): Date {
  const size = MILLISECONDS[unit];
  if (size) return new Date(date.getTime() + size * amount);
  const next = new Date(date.getTime());
  if (unit === 'YEAR') next.setUTCFullYear(next.getUTCFullYear() + amount);
  else next.setUTCMonth(next.getUTCMonth() + amount);
  return next;
}

function formatted(date: Date, format: string): string {
  const parts: Record<string, number> = {
    y: date.getUTCFullYear(),
    M: date.getUTCMonth() + 1,
    d: date.getUTCDate(),
    H: date.getUTCHours(),
    m: date.getUTCMinutes(),
    s: date.getUTCSeconds(),
  };
  return format.replaceAll(
    /'([^']*)'|y+|M+|d+|H+|m+|s+/g,
    (letters: string, quoted?: string) =>
      quoted ??
      String(parts[letters[0] as string])
        .padStart(letters.length, '0')
        .slice(-Math.max(letters.length, letters[0] === 'y' ? 4 : 2)),
  );
}
