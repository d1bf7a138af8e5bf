import { fitBigint, fitBoolean, fitDate, fits, fitTimestamp, readNumber } from '../file-format/value-kind.ts';
import { type PlannedColumn, type Reason, reason } from './crawl-plan.ts';
import { type HiveType, scalar } from './hive-type.ts';

/** What is known of one column, from one file or from several. */
export interface Evidence {
  readonly type: HiveType;
  /** Joins what another file has of the same column. */
  merge(other: Evidence): void;
  decide(): Pick<PlannedColumn, 'type' | 'reasons' | 'better'>;
}

type Kind = 'bigint' | 'double' | 'boolean' | 'date' | 'timestamp' | 'string';

interface Seen {
  count: number;
  /** The first value of the kind, its file and its row: the header is no row. */
  file: string;
  row: number;
  value: string;
}

const shownLength = 60;

/**
 * What the values of one column of text are, kind by kind, so that a type can be given with its evidence.
 * Types are those of Glue's CSV classifier: bigint, double, boolean, string. Dates stay text with it.
 */
export class TextEvidence implements Evidence {
  empty = 0;
  readonly #file: string;
  #padded: Seen | undefined;
  readonly #kinds = new Map<Kind, Seen>();

  /** @param file its name, for people. */
  constructor(file: string) {
    this.#file = file;
  }

  get type(): HiveType {
    return scalar(this.decide().type);
  }

  add(value: string, row: number): void {
    const text = value.trim();
    if (text === '') {
      this.empty++;
      return;
    }
    const kind = kindOf(text);
    const known = this.#kinds.get(kind);
    const seen = { count: 1, file: this.#file, row, value: shorten(text) };
    if (known) known.count++;
    else this.#kinds.set(kind, seen);
    if (!this.#padded && kind === 'bigint' && /^[+-]?0\d/.test(text)) this.#padded = seen;
  }

  merge(other: Evidence): void {
    if (!(other instanceof TextEvidence)) return;
    this.empty += other.empty;
    this.#padded ??= other.#padded;
    for (const [kind, seen] of other.#kinds) {
      const own = this.#kinds.get(kind);
      if (own) own.count += seen.count;
      else this.#kinds.set(kind, { ...seen });
    }
  }

  get values(): number {
    return [...this.#kinds.values()].reduce((sum, { count }) => sum + count, 0);
  }

  /** True when a value is something else than text: what tells rows from a header. */
  get isTyped(): boolean {
    return ['bigint', 'double', 'boolean'].some((kind) => this.#kinds.has(kind as Kind));
  }

  decide(): Pick<PlannedColumn, 'type' | 'reasons' | 'better'> {
    const { values, empty } = this;
    if (values === 0) return { type: 'string', reasons: [reason('typeEmpty', { rows: empty })] };
    const kinds = [...this.#kinds.keys()];
    const only = (...allowed: Kind[]) => kinds.every((kind) => allowed.includes(kind));
    const all = (type: string) => reason(empty > 0 ? 'typeAllButEmpty' : 'typeAll', { type, values, empty });
    if (only('bigint')) return { type: 'bigint', reasons: [all('bigint')], ...this.#code() };
    if (only('bigint', 'double')) return { type: 'double', reasons: [this.#mixedNumbers() ?? all('double')] };
    if (only('boolean')) return { type: 'boolean', reasons: [all('boolean')] };
    if (only('date')) return this.#date('date');
    if (only('date', 'timestamp')) return this.#date('timestamp');
    return { type: 'string', reasons: [this.#text()] };
  }

  /** Leading zeros are those of codes and phone numbers, which a number loses. */
  #code(): Pick<PlannedColumn, 'better'> {
    const padded = this.#padded;
    if (!padded) return {};
    const why = reason('betterCode', placeOf(padded));
    return { better: { type: 'string', reason: why } };
  }

  #mixedNumbers(): Reason | undefined {
    const doubles = this.#kinds.get('double');
    if (!doubles || !this.#kinds.has('bigint')) return undefined;
    return reason('typeNumbers', { count: doubles.count, ...placeOf(doubles) });
  }

  #date(type: 'date' | 'timestamp'): Pick<PlannedColumn, 'type' | 'reasons' | 'better'> {
    const first = this.#kinds.get(type) ?? this.#kinds.get('date');
    const values = { type, ...placeOf(first) };
    return {
      type: 'string',
      reasons: [reason('typeDateAsText', values)],
      // LazySimpleSerDe reads timestamps in this one form only.
      ...(type === 'date' || /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/.test(first?.value ?? '')
        ? { better: { type, reason: reason('betterDate', values) } }
        : {}),
    };
  }

  /** What most values are, and how many are something else. */
  #text(): Reason {
    const numbers = (this.#kinds.get('bigint')?.count ?? 0) + (this.#kinds.get('double')?.count ?? 0);
    const groups: [string, number, Kind[]][] = [
      [this.#kinds.has('double') ? 'double' : 'bigint', numbers, ['bigint', 'double']],
      ['boolean', this.#kinds.get('boolean')?.count ?? 0, ['boolean']],
      ['date', this.#kinds.get('date')?.count ?? 0, ['date']],
      ['timestamp', this.#kinds.get('timestamp')?.count ?? 0, ['timestamp']],
    ];
    const [otherwise, count, kinds] = groups.sort((one, other) => other[1] - one[1])[0] ?? ['', 0, []];
    const exceptions = this.values - count;
    if (count <= exceptions) {
      const text = this.#kinds.get('string') ?? [...this.#kinds.values()][0];
      return reason('typeText', placeOf(text));
    }
    const first = [...this.#kinds]
      .filter(([kind]) => !kinds.includes(kind))
      .map(([, seen]) => seen)
      .sort((one, other) => one.row - other.row)[0];
    return reason('typeExceptions', { otherwise, exceptions, ...placeOf(first) });
  }
}

function placeOf(seen: Seen | undefined): { file: string; row: number; value: string } {
  return { file: seen?.file ?? '', row: seen?.row ?? 0, value: seen?.value ?? '' };
}

function kindOf(text: string): Kind {
  const end = text.length;
  const number = readNumber(text, 0, end);
  if (number) {
    if (!number.hasPoint && !number.hasExponent) return fitBigint(text, 0, end) === fits ? 'bigint' : 'string';
    return 'double';
  }
  if (fitBoolean(text, 0, end) === fits) return 'boolean';
  if (fitDate(text, 0, end) === fits) return 'date';
  return fitTimestamp(text, 0, end) === fits ? 'timestamp' : 'string';
}

function shorten(text: string): string {
  return text.length > shownLength ? `${text.slice(0, shownLength)}…` : text;
}
