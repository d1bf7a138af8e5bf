/**
 * The gate of the dialect: statements with the rows that Trino gives for them, run through the translation on DuckDB.
 * What is known to differ is listed by name, and the list must be exact: a new failure and a new success both show here.
 */
import { readFileSync } from 'node:fs';
import { DuckDBInstance, DuckDBTypeId } from '@duckdb/node-api';
import { expect, it } from 'vitest';
import { resultText } from '../result-text.ts';
import { macroStatements } from './macros.ts';
import { translate } from './translate.ts';

interface Corpus {
  setup: string[];
  queries: { sql: string; expected: unknown[][] | '*' }[];
}

const corpus = JSON.parse(readFileSync(`${import.meta.dirname}/corpus.json`, 'utf8')) as Corpus;
const knownGaps = JSON.parse(readFileSync(`${import.meta.dirname}/known-gaps.json`, 'utf8')) as Record<string, string>;

it('gives the rows of Trino for every statement of the corpus but the known gaps', async () => {
  const failures: Record<string, string> = {};
  for (const { sql, expected } of corpus.queries) {
    const outcome = await run(sql).catch((error: Error) => error.message.split('\n')[0]);
    if (expected !== '*' && JSON.stringify(outcome) !== JSON.stringify(expected.map((row) => row.map(plain)))) {
      failures[sql] = typeof outcome === 'string' ? outcome : JSON.stringify(outcome);
    }
  }
  expect(Object.keys(failures).sort(), JSON.stringify(failures, null, 1)).toEqual(Object.keys(knownGaps).sort());
});

async function run(sql: string): Promise<unknown[][]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    const { sql: translated, macros } = translate(sql);
    const settings = [
      "SET TimeZone = 'UTC'",
      'SET integer_division = true',
      "SET lambda_syntax = 'ENABLE_SINGLE_ARROW'",
    ];
    for (const statement of [...settings, ...corpus.setup, ...macroStatements(macros)]) await connection.run(statement);
    const reader = await connection.runAndReadAll(translated);
    const intervals = reader.columnTypes().map((type) => type.typeId === DuckDBTypeId.INTERVAL);
    if (!intervals.includes(true)) return reader.getRowsJson().map((row) => row.map(plain));
    const asText = await connection.runAndReadAll(
      `SELECT ${resultText('c0', reader.columnType(0))} FROM (${translated}) r(c0)`,
    );
    return asText.getRowsJson().map((row) => row.map(plain));
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** One form for values that JSON writes in several ways: 50 and 50.0 and '50', a map and an object. */
function plain(value: unknown): unknown {
  if (value === null || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'object')
    return Object.fromEntries(Object.entries(value as object).map(([key, inner]) => [key, plain(inner)]));
  const text = String(value);
  return text.trim() !== '' && !Number.isNaN(Number(text)) ? Number(text) : text;
}
