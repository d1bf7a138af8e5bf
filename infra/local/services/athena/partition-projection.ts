import { SqlError } from '../../../../lib/languages/trino-sql/sql-error.ts';
import type { TableScan } from '../../engine/task.ts';
import type { Table } from '../glue/catalog-schemas.ts';
import { findS3Location } from './s3-location.ts';
import type { TablePlace } from './table-files.ts';

/** A table whose partitions would be more is a mistake in its properties; AWS lets such a query run into its time limit. */
const MAX_PARTITIONS = 100_000;

/**
 * The partitions that a table's properties tell of instead of the catalog; undefined for a table without projection.
 * https://docs.aws.amazon.com/athena/latest/ug/partition-projection-supported-types.html
 */
export function projectedPlaces(table: Table, scans: TableScan[]): TablePlace[] | undefined {
  const properties = table.Parameters ?? {};
  if (properties['projection.enabled']?.toLowerCase() !== 'true' || !table.PartitionKeys?.length) return undefined;
  const keys = table.PartitionKeys.map((key) => key.Name.toLowerCase());
  const values = keys.map((key) => new ProjectedColumn(key, properties, table).values(scans));
  const count = values.reduce((product, each) => product * each.length, 1);
  if (count > MAX_PARTITIONS)
    throw new SqlError(
      'INVALID_TABLE_PROPERTY',
      `Table ${table.DatabaseName}.${table.Name} has ${count} projected partitions; filter them`,
    );
  const combined = values.reduce<string[][]>(
    (rows, each) => rows.flatMap((row) => each.map((value) => [...row, value])),
    [[]],
  );
  return combined.map((partition) => placeOf(table, keys, partition));
}

function placeOf(table: Table, keys: string[], partition: string[]): TablePlace {
  const template = table.Parameters?.['storage.location.template'];
  const root = table.StorageDescriptor?.Location ?? '';
  const folder = keys.map((key, index) => `${key}=${partition[index]}`).join('/');
  const uri = template
    ? keys.reduce((text, key, index) => text.replaceAll(`\${${key}}`, partition[index] as string), template)
    : `${root.endsWith('/') ? root : `${root}/`}${folder}`;
  const place = findS3Location(uri.endsWith('/') ? uri : `${uri}/`);
  if (!place) throw new SqlError('INVALID_TABLE_PROPERTY', `storage.location.template is not an S3 path: ${uri}`);
  return { ...place, partition };
}

class ProjectedColumn {
  readonly #name: string;
  readonly #properties: Record<string, string>;
  readonly #table: Table;

  constructor(name: string, properties: Record<string, string>, table: Table) {
    this.#name = name;
    this.#properties = properties;
    this.#table = table;
  }

  values(scans: TableScan[]): string[] {
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
        return this.#injected(scans);
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

  #wrong(name: string, what: string): SqlError {
    const { DatabaseName, Name } = this.#table;
    return new SqlError(
      'INVALID_TABLE_PROPERTY',
      `Table ${DatabaseName}.${Name}: the property 'projection.${this.#name}.${name}' ${what}`,
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
      const now = new Date();
      const [, sign, amount, unit] = relative;
      return unit ? moved(now, unit.toUpperCase(), Number(amount) * (sign === '-' ? -1 : 1)) : now;
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
  #injected(scans: TableScan[]): string[] {
    const values = scans.map((scan) => scan.values[this.#name]);
    if (values.includes(undefined)) {
      const { DatabaseName, Name } = this.#table;
      const message = `For the injected projected partition column ${this.#name}, the WHERE clause must contain only static equality conditions, and at least one such condition must be present: ${DatabaseName}.${Name}`;
      throw new SqlError('CONSTRAINT_VIOLATION', message);
    }
    return [...new Set(values.flatMap((each) => each ?? []))];
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
