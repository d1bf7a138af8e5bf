import { quoteName } from './sql-text.ts';
import { fromSql, HIDDEN_COLUMNS, type Relation, type TableColumn, tableSql } from './table.ts';

/** `DESCRIBE`, unlike `SELECT`, gives no header among the rows of Athena's results. */
export interface Statement {
  id: string;
  sql: string;
}

/** Rows without the header, with values as Athena prints them. */
export type StatementAnswer = { columns: string[]; rows: (string | null)[][] } | { error: string };

/** One value of an answer, to be found once every rule has said what it needs. */
export interface Measure {
  readonly of: 'scan' | 'groups' | 'reference' | 'own';
  readonly key: string;
  readonly sql: string;
}

type GroupValue = 'values' | 'unique' | 'rows' | 'entropy';

const GROUP_SQL: Record<GroupValue, string> = {
  values: 'count(*)',
  unique: 'count_if("n" = 1)',
  rows: 'sum("n")',
  // Of shares p = n / rows, the sum of -p ln p is this.
  entropy: 'ln(CAST(sum("n") AS double)) - sum("n" * ln("n")) / sum("n")',
};
const GROUP_VALUES = Object.keys(GROUP_SQL) as GroupValue[];

interface Group {
  columns: string[];
  where: string | undefined;
  wanted: Set<GroupValue>;
}

/**
 * Gathers what all rules need into as few statements as can be: one aggregate over the table for everything that needs
 * no grouping; one statement for everything that does; one for each other table; one for each statement of one's own.
 */
export class Statements {
  readonly #relation: Relation;
  readonly #columns: TableColumn[];
  readonly #isApart: boolean;
  readonly #scan: string[] = [];
  readonly #groups = new Map<string, Group>();
  readonly #references = new Map<string, string[]>();
  readonly #own = new Map<string, string>();

  /** Apart, what may fail for its own reason (SQL and patterns that people write, other tables) has its own statement. */
  constructor(relation: Relation, columns: TableColumn[], isApart = false) {
    this.#relation = relation;
    this.#columns = columns;
    this.#isApart = isApart;
  }

  /** An aggregate over the rows, those of `where` alone if it is given. */
  scan(aggregate: string, where?: string): Measure {
    const sql = where ? `${aggregate} FILTER (WHERE ${where})` : aggregate;
    const isOwn = where !== undefined || aggregate.includes('regexp_like(');
    if (this.#isApart && isOwn) return this.own(`SELECT ${sql} FROM ${this.from()}`);
    add(this.#scan, sql);
    return { of: 'scan', key: 'scan', sql };
  }

  /** Of the values that the columns have together; rows without any value are left out, as Glue does. */
  group(columns: string[], where: string | undefined, value: GroupValue): Measure {
    if (this.#isApart && where)
      return this.own(`SELECT ${GROUP_SQL[value]} FROM (${this.#countedSql(columns, where)}) "counted"`);
    const key = JSON.stringify([columns, where]);
    const group = this.#groups.get(key) ?? { columns, where, wanted: new Set() };
    group.wanted.add(value);
    this.#groups.set(key, group);
    return { of: 'groups', key, sql: value };
  }

  /** An aggregate over another table. */
  reference({ database, table }: { database: string; table: string }, sql: string): Measure {
    const key = tableSql(database, table);
    if (this.#isApart) return this.own(`SELECT ${sql} FROM ${key}`);
    const aggregates = this.#references.get(key) ?? [];
    add(aggregates, sql);
    this.#references.set(key, aggregates);
    return { of: 'reference', key, sql };
  }

  /** A statement of its own; equal ones are run once. */
  own(sql: string): Measure {
    if (!this.#own.has(sql)) this.#own.set(sql, `own-${this.#own.size}`);
    return { of: 'own', key: sql, sql };
  }

  /** One row for each file of the table. */
  files(values: string[] = []): Measure {
    const named = ['"$path"', 'max("$file_size")', 'max("$file_modified_time")', 'count(*)', ...values];
    return this.own(`SELECT ${named.join(', ')} FROM ${this.from(HIDDEN_COLUMNS)} GROUP BY "$path" ORDER BY "$path"`);
  }

  from(hidden: string[] = []): string {
    return fromSql(this.#relation, this.#columns, hidden);
  }

  list(): Statement[] {
    const groups = [...this.#groups.values()].filter((group) => !isScanned(group));
    return [
      { id: 'scan', sql: `${select(this.#scanned())} FROM ${this.from()}` },
      ...(groups.length > 0 ? [{ id: 'groups', sql: this.#groupsSql(groups) }] : []),
      ...[...this.#references].map(([table, aggregates], index) => ({
        id: `reference-${index}`,
        sql: `${select(aggregates)} FROM ${table}`,
      })),
      ...[...this.#own].map(([sql, id]) => ({ id, sql })),
    ];
  }

  /** Where the answer has a measure: the statement, and the row and column of it. */
  locate({ of, key, sql }: Measure): { id: string; row: number | string; column: number } {
    if (of === 'scan') return { id: 'scan', row: 0, column: this.#scanned().indexOf(sql) };
    if (of === 'own') return { id: this.#own.get(key) ?? '', row: 0, column: 0 };
    if (of === 'reference')
      return {
        id: `reference-${[...this.#references.keys()].indexOf(key)}`,
        row: 0,
        column: this.#references.get(key)?.indexOf(sql) ?? -1,
      };
    const group = this.#groups.get(key) as Group;
    if (isScanned(group)) return { id: 'scan', row: 0, column: this.#scanned().indexOf(distinctSql(group)) };
    const groups = [...this.#groups.values()].filter((one) => !isScanned(one));
    const values = wantedOf(groups);
    return { id: 'groups', row: String(groups.indexOf(group)), column: 1 + values.indexOf(sql as GroupValue) };
  }

  #scanned(): string[] {
    const distinct = [...this.#groups.values()].filter(isScanned).map(distinctSql);
    return [...new Set([...this.#scan, ...distinct])];
  }

  #groupsSql(groups: Group[]): string {
    const all = wantedOf(groups);
    const parts = groups.map(({ columns, where, wanted }, index) => {
      const values = all.map((value) => `${wanted.has(value) ? GROUP_SQL[value] : 'NULL'} AS ${quoteName(value)}`);
      return `SELECT '${index}' AS "group", ${values.join(', ')} FROM (${this.#countedSql(columns, where)}) "counted"`;
    });
    return parts.join(' UNION ALL ');
  }

  #countedSql(columns: string[], where: string | undefined): string {
    const names = columns.map(quoteName);
    const isThere = names.map((name) => `${name} IS NOT NULL`).join(' OR ');
    const filter = where ? `${where} AND (${isThere})` : isThere;
    return `SELECT count(*) AS "n" FROM ${this.from()} WHERE ${filter} GROUP BY ${names.join(', ')}`;
  }
}

/** The values that some group needs: the others are not computed for it. */
const wantedOf = (groups: Group[]) => GROUP_VALUES.filter((value) => groups.some(({ wanted }) => wanted.has(value)));

/** Nothing but the number of values of one column is wanted: the scan can count them by the way. */
const isScanned = ({ columns, wanted }: Group) => columns.length === 1 && wanted.size === 1 && wanted.has('values');

const distinctSql = ({ columns, where }: Group) =>
  `count(DISTINCT ${quoteName(columns[0] as string)})${where ? ` FILTER (WHERE ${where})` : ''}`;

const select = (aggregates: string[]) => `SELECT ${aggregates.map((sql, index) => `${sql} AS "m${index}"`).join(', ')}`;

function add(list: string[], sql: string): void {
  if (!list.includes(sql)) list.push(sql);
}
