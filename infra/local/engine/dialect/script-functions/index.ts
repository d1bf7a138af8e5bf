/**
 * Functions that SQL alone cannot say as Trino means them, in JavaScript. DuckDB calls them on this process's main
 * thread, a chunk of rows at a time; a NULL argument gives NULL without a call. What they throw is Trino's own error.
 */
import {
  BIGINT,
  BLOB,
  BOOLEAN,
  DOUBLE,
  DuckDBBlobValue,
  type DuckDBConnection,
  DuckDBScalarFunction,
  type DuckDBType,
  type DuckDBValue,
  FLOAT,
  INTEGER,
  VARCHAR,
} from '@duckdb/node-api';
import { BINARY_SCRIPTS } from './binary.ts';
import { DATE_SCRIPTS } from './dates.ts';
import { JSON_SCRIPTS } from './json.ts';
import { NUMBER_SCRIPTS } from './numbers.ts';
import { REGEXP_SCRIPTS } from './regexps.ts';
import type { Script } from './script.ts';
import { TEXT_SCRIPTS } from './texts.ts';

const SCRIPTS: Record<string, Script> = {
  ...BINARY_SCRIPTS,
  ...DATE_SCRIPTS,
  ...JSON_SCRIPTS,
  ...NUMBER_SCRIPTS,
  ...REGEXP_SCRIPTS,
  ...TEXT_SCRIPTS,
};

const TYPES: Record<string, DuckDBType> = {
  text: VARCHAR,
  bigint: BIGINT,
  integer: INTEGER,
  double: DOUBLE,
  real: FLOAT,
  boolean: BOOLEAN,
  bytes: BLOB,
};

export function registerScripts(names: string[], connection: DuckDBConnection): void {
  for (const name of names) {
    const script = SCRIPTS[name];
    // What only looks like one of ours, in a text, is none.
    if (script) connection.registerScalarFunction(scalarFunction(name, script));
  }
}

function scalarFunction(name: string, { takes, gives, run }: Script): DuckDBScalarFunction {
  return DuckDBScalarFunction.create({
    name,
    parameterTypes: takes.map((type) => TYPES[type] as DuckDBType),
    returnType: TYPES[gives] as DuckDBType,
    mainFunction: (_info, input, output) => {
      const columns = takes.map((_, index) => input.getColumnVector(index));
      for (let row = 0; row < input.rowCount; row++) {
        const args = columns.map((column) => column.getItem(row));
        const value = args.includes(null) ? null : run(...args.map(plain));
        output.setItem(
          row,
          (value instanceof Uint8Array ? new DuckDBBlobValue(value) : (value ?? null)) as DuckDBValue,
        );
      }
      output.flush();
    },
  });
}

function plain(value: DuckDBValue): unknown {
  return value instanceof DuckDBBlobValue ? value.bytes : value;
}
