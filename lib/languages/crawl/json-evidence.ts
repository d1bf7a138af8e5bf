import type { Evidence } from './column-evidence.ts';
import { type PlannedColumn, reason } from './crawl-plan.ts';
import { type HiveType, mergeTypes, printType, scalar } from './hive-type.ts';

type JsonKind = 'string' | 'number' | 'boolean' | 'object' | 'array';

interface Seen {
  count: number;
  file: string;
  row: number;
  value: string;
}

const intMax = 2 ** 31;
const shownLength = 60;

/** What the values of one key of JSON objects are. */
export class JsonEvidence implements Evidence {
  type: HiveType = { kind: 'unknown' };
  #nulls = 0;
  readonly #kinds = new Map<JsonKind, Seen>();
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  add(value: unknown, row: number): void {
    if (value === null || value === undefined) {
      this.#nulls++;
      return;
    }
    this.type = mergeTypes(this.type, typeOfJson(value));
    const kind = kindOf(value);
    const seen = this.#kinds.get(kind);
    if (seen) seen.count++;
    else this.#kinds.set(kind, { count: 1, file: this.#file, row, value: shorten(value) });
  }

  merge(other: Evidence): void {
    if (!(other instanceof JsonEvidence)) return;
    this.type = mergeTypes(this.type, other.type);
    this.#nulls += other.#nulls;
    for (const [kind, seen] of other.#kinds) {
      const own = this.#kinds.get(kind);
      if (own) own.count += seen.count;
      else this.#kinds.set(kind, { ...seen });
    }
  }

  decide(): Pick<PlannedColumn, 'type' | 'reasons'> {
    const type = printType(this.type);
    const kinds = [...this.#kinds].sort(([, one], [, other]) => other.count - one.count);
    const values = kinds.reduce((sum, [, { count }]) => sum + count, 0);
    if (values === 0) return { type, reasons: [reason('typeEmpty', { rows: this.#nulls })] };
    const [most, ...others] = kinds;
    if (!most || others.length === 0) {
      const code = this.#nulls > 0 ? 'typeAllButEmpty' : 'typeAll';
      return { type, reasons: [reason(code, { type, values, empty: this.#nulls })] };
    }
    const first = others.map(([, seen]) => seen).sort((one, other) => one.row - other.row)[0];
    const exceptions = others.reduce((sum, [, { count }]) => sum + count, 0);
    const place = { file: first?.file ?? '', row: first?.row ?? 0, value: first?.value ?? '' };
    return { type, reasons: [reason('typeExceptions', { otherwise: most[0], exceptions, ...place })] };
  }
}

function kindOf(value: unknown): JsonKind {
  if (Array.isArray(value)) return 'array';
  return typeof value as JsonKind;
}

function typeOfJson(value: unknown): HiveType {
  if (value === null || value === undefined) return { kind: 'unknown' };
  if (typeof value === 'boolean') return scalar('boolean');
  if (typeof value === 'number') {
    if (!Number.isInteger(value)) return scalar('double');
    return scalar(Math.abs(value) < intMax ? 'int' : 'bigint');
  }
  if (Array.isArray(value)) {
    return { kind: 'array', of: value.map(typeOfJson).reduce(mergeTypes, { kind: 'unknown' }) };
  }
  if (typeof value !== 'object') return scalar('string');
  const fields = Object.entries(value).map(([name, field]) => [name.toLowerCase(), typeOfJson(field)] as const);
  return { kind: 'struct', fields: new Map(fields) };
}

function shorten(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > shownLength ? `${text.slice(0, shownLength)}…` : text;
}
