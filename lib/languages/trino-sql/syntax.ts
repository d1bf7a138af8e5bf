import type { SqlPosition } from './sql-error.ts';

/**
 * The tree of a Trino query. `at` is the place that Trino names when something is wrong with the node: of an operator
 * its sign, of a call its name, of anything else its first word.
 */
export type Expression = { at: SqlPosition } & (
  | { type: 'null' | 'true' | 'false' }
  | { type: 'number'; text: string }
  | { type: 'string'; value: string }
  | { type: 'binary'; hex: string }
  /** `DATE '…'`, `DECIMAL '…'`, `JSON '…'` */
  | { type: 'typed'; name: TypeName; value: string }
  | { type: 'interval'; sign: 1 | -1; value: string; from: string; to?: string | undefined }
  | { type: 'parameter' }
  | { type: 'column'; name: Identifier }
  | { type: 'field'; of: Expression; name: Identifier }
  | { type: 'subscript'; of: Expression; index: Expression }
  | { type: 'call'; call: Call }
  | { type: 'lambda'; parameters: Identifier[]; body: Expression }
  | { type: 'cast'; of: Expression; to: TypeName; isTry: boolean }
  | { type: 'extract'; field: string; of: Expression }
  | {
      type: 'case';
      of?: Expression | undefined;
      whens: { when: Expression; value: Expression }[];
      otherwise?: Expression | undefined;
    }
  | { type: 'array'; items: Expression[] }
  | { type: 'row'; items: Expression[] }
  | { type: 'subquery'; query: Query }
  | { type: 'exists'; query: Query }
  | { type: 'binary-operation'; operator: string; left: Expression; right: Expression }
  | { type: 'logical'; operator: 'AND' | 'OR'; terms: Expression[] }
  | { type: 'not'; of: Expression }
  | { type: 'sign'; sign: '+' | '-'; of: Expression }
  | { type: 'is-null'; of: Expression; negated: boolean }
  | { type: 'is-distinct'; left: Expression; right: Expression; negated: boolean }
  | { type: 'between'; of: Expression; low: Expression; high: Expression; negated: boolean }
  | { type: 'in'; of: Expression; items?: Expression[] | undefined; query?: Query | undefined; negated: boolean }
  | { type: 'like'; of: Expression; pattern: Expression; escape?: Expression | undefined; negated: boolean }
  | { type: 'quantified'; operator: string; of: Expression; quantifier: 'ALL' | 'ANY'; query: Query }
  | { type: 'at-time-zone'; of: Expression; zone: Expression }
  | { type: 'json'; json: JsonCall }
  | { type: 'grouping'; columns: Expression[] }
);

export interface Identifier {
  /** As written, without quotes. Names are compared without regard to case, quoted or not. */
  name: string;
  quoted: boolean;
  at: SqlPosition;
}

export interface Call {
  name: Identifier[];
  args: Expression[];
  distinct: boolean;
  /** `count(*)` */
  star: boolean;
  orderBy: SortItem[];
  filter?: Expression | undefined;
  nulls?: 'RESPECT' | 'IGNORE' | undefined;
  window?: Window | undefined;
  /** LISTAGG's words for what is too long are read and of no effect here. */
  isListagg?: boolean;
}

/** `json_value(input, 'lax $.a' RETURNING bigint …)` and its kin: https://trino.io/docs/current/functions/json.html */
export interface JsonCall {
  function: 'json_exists' | 'json_value' | 'json_query' | 'json_object' | 'json_array';
  input?: Expression | undefined;
  path?: string | undefined;
  returning?: TypeName | undefined;
  onEmpty?: JsonBehavior | undefined;
  onError?: JsonBehavior | undefined;
  wrapper?: 'WITHOUT' | 'CONDITIONAL' | 'UNCONDITIONAL' | undefined;
  omitQuotes?: boolean | undefined;
  entries?: { key?: Expression; value: Expression }[] | undefined;
  absentOnNull?: boolean | undefined;
}

export interface JsonBehavior {
  kind: 'NULL' | 'ERROR' | 'DEFAULT' | 'EMPTY ARRAY' | 'EMPTY OBJECT' | 'TRUE' | 'FALSE' | 'UNKNOWN';
  value?: Expression;
}

export interface Window {
  /** Of the WINDOW clause. */
  name?: Identifier | undefined;
  partitionBy: Expression[];
  orderBy: SortItem[];
  frame?: Frame | undefined;
}

export interface Frame {
  unit: 'ROWS' | 'RANGE' | 'GROUPS';
  start: FrameBound;
  end?: FrameBound | undefined;
}

export interface FrameBound {
  kind: 'UNBOUNDED PRECEDING' | 'PRECEDING' | 'CURRENT ROW' | 'FOLLOWING' | 'UNBOUNDED FOLLOWING';
  value?: Expression;
}

export interface SortItem {
  by: Expression;
  descending: boolean;
  nullsFirst?: boolean | undefined;
}

/** A type as written: `decimal(10, 2)`, `array(row(a bigint))`, `timestamp(3) with time zone`. */
export interface TypeName {
  name: string;
  args: (TypeName | number)[];
  /** Of a row's fields; '' where there is none. */
  fieldNames?: string[];
  at: SqlPosition;
}

export interface Query {
  at: SqlPosition;
  with: NamedQuery[];
  recursive: boolean;
  body: QueryBody;
  orderBy: SortItem[];
  offset?: Expression | undefined;
  limit?: Expression | undefined;
  /** FETCH FIRST … WITH TIES */
  withTies?: boolean | undefined;
}

export interface NamedQuery {
  name: Identifier;
  columns?: Identifier[] | undefined;
  query: Query;
}

export type QueryBody = { at: SqlPosition } & (
  | { type: 'select'; select: Select }
  | { type: 'set'; operator: 'UNION' | 'INTERSECT' | 'EXCEPT'; all: boolean; left: QueryBody; right: QueryBody }
  | { type: 'values'; rows: Expression[] }
  | { type: 'table'; name: Identifier[] }
  | { type: 'query'; query: Query }
);

export interface Select {
  distinct: boolean;
  items: SelectItem[];
  from?: Relation | undefined;
  where?: Expression | undefined;
  groupBy?: GroupBy | undefined;
  having?: Expression | undefined;
  windows: { name: Identifier; window: Window }[];
}

export type SelectItem =
  | { type: 'expression'; expression: Expression; alias?: Identifier | undefined }
  | { type: 'all'; of?: Expression | undefined; aliases?: Identifier[] | undefined; at: SqlPosition };

export interface GroupBy {
  distinct: boolean;
  elements: GroupingElement[];
}

export type GroupingElement =
  | { type: 'simple'; expressions: Expression[] }
  | { type: 'rollup' | 'cube'; expressions: Expression[][] }
  | { type: 'sets'; sets: Expression[][] };

export type Relation = { at: SqlPosition } & (
  | { type: 'table'; name: Identifier[] }
  | { type: 'subquery'; query: Query; lateral: boolean }
  | { type: 'unnest'; expressions: Expression[]; ordinality: boolean }
  | { type: 'alias'; of: Relation; alias: Identifier; columns?: Identifier[] | undefined }
  | {
      type: 'join';
      kind: JoinKind;
      left: Relation;
      right: Relation;
      on?: Expression | undefined;
      using?: Identifier[] | undefined;
      natural?: boolean;
    }
  | { type: 'sample'; of: Relation; method: 'BERNOULLI' | 'SYSTEM'; percentage: Expression }
  /** What Trino reads and the local engine does not run: MATCH_RECOGNIZE, TABLE(…), JSON_TABLE, time travel. */
  | { type: 'refused'; what: string }
);

export type JoinKind = 'CROSS' | 'INNER' | 'LEFT' | 'RIGHT' | 'FULL';
