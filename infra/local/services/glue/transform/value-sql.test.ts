import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeType } from '../../../../../lib/languages/contract/column-type.ts';
import { quoteText } from '../../../../../lib/languages/job-graph/sql-text.ts';
import { Engine } from '../../../engine/engine.ts';
import { EngineError } from '../../../engine/engine-error.ts';
import { contractStop, valuesSql } from './value-sql.ts';

const corpus = [
  ...[
    '',
    ' ',
    '\t',
    '0',
    '1',
    '-1',
    '+5',
    '007',
    ' 12 ',
    '12\t',
    '1.5',
    '1.',
    '.5',
    '.',
    '-',
    '+',
    '+-5',
    '--5',
    '- 5',
    '1e3',
  ],
  ...[
    '1E3',
    '1e',
    '1e+',
    '1e400',
    '-1e400',
    '1_000',
    '1,5',
    '1 000',
    '0x10',
    '0b1',
    'nan',
    'NaN',
    'inf',
    'Infinity',
    '$5',
    '5€',
  ],
  ...[
    '9223372036854775807',
    '9223372036854775808',
    '-9223372036854775808',
    '-9223372036854775809',
    '00000000000000000000000001',
  ],
  ...[
    '12.34',
    '12.345',
    '12.340',
    '12.3400000',
    '-0.01',
    '.10',
    '.001',
    '12345678.90',
    '123456789.12',
    '99999999.999',
    '1e2',
  ],
  ...['true', 'TRUE', 'True', 'tRuE', ' true ', 't', 'yes', '1', '0', 'false', 'False', 'FALSE', 'no', 'truee'],
  ...[
    '2024-02-29',
    '2023-02-29',
    '2024-2-9',
    '2024/02/09',
    '09/02/2024',
    '20240209',
    '0000-01-01',
    '0001-01-01',
    '9999-12-31',
  ],
  ...[
    ' 2024-02-29 ',
    '2024-13-01',
    '2024-00-10',
    '2024-01-32',
    '-2024-01-01',
    'epoch',
    'infinity',
    '2024-02-29 (BC)',
    '10000-01-01',
    '-infinity',
  ],
  ...[
    '2024-02-29 13:05',
    '2024-02-29T13:05',
    '2024-02-29 13:05:59',
    '2024-02-29T13:05:59.1',
    '2024-02-29t13:05:59.123456789',
  ],
  ...[
    '2024-02-29T13:05:59Z',
    '2024-02-29T13:05:59z',
    '2024-02-29T13:05Z',
    '2024-02-29 13:05:59+01',
    '2024-02-29 13:05:59+0130',
  ],
  ...[
    '2024-02-29 13:05:59-05:30',
    '2024-02-29T13:05+02:00',
    '2024-02-29T13:05:59 Z',
    '2024-02-29 24:00:00',
    '2024-02-29 13:60',
  ],
  ...[
    '2024-02-29 13:05:60',
    '2024-02-29 13',
    '2024-02-29T',
    '2024-02-29 1:05',
    '2024-02-29 13:05:59.',
    '2024-02-29 13:05:59.1234567890',
  ],
  ...[
    '2024-02-29T00:00:00',
    '2024-02-30 10:00',
    '2024-02-29X10:00',
    '10000-01-01 00:00:00',
    '.0',
    '.00000',
    '.000001',
    '２',
    '٣',
    'x',
    "it's",
    '"',
  ],
];

const types = ['bigint', 'double', 'boolean', 'date', 'timestamp', 'decimal(10,2)', 'decimal(38,0)', 'decimal(5,5)'];

let engine: Engine;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'value-sql-'));
  engine = await Engine.start({ folder, threads: 1, log: { info() {}, warn() {}, error() {} } });
});
afterAll(async () => {
  await engine.close();
  await rm(folder, { recursive: true, force: true });
});

test.each(types)('takes the same texts as %s as the checker of the browser and the Lambda does', async (type) => {
  const good = corpus.filter((text) => isGood(text, type));
  const bad = corpus.filter((text) => !isGood(text, type));
  const outcomes = await Promise.all(bad.map(async (text) => [text, await read([text], type)]));
  expect(outcomes).toEqual(bad.map((text) => [text, 'stopped']));
  expect(await read(good, type)).toHaveLength(good.length);
});

test.each([
  ['bigint', ' +007 ', '7'],
  ['double', '1e3', '1000.0'],
  ['decimal(10,2)', '12.3400000', '12.34'],
  ['boolean', 'tRuE', 'true'],
  ['timestamp', '2024-02-29', '2024-02-29 00:00:00'],
  ['timestamp', '2024-02-29T13:05', '2024-02-29 13:05:00'],
  ['timestamp', '2024-02-29T13:05:59.123456789', '2024-02-29 13:05:59.123456'],
  ['timestamp', '2024-02-29T13:05Z', '2024-02-29 13:05:00'],
  ['timestamp', '2024-02-29t13:05:59.25-0530', '2024-02-29 18:35:59.25'],
  ['timestamp', '2024-02-29 00:30+01', '2024-02-28 23:30:00'],
  ['string', ' \t a  b \n', 'a  b'],
  ['string', ' \t\n', null],
  ['string', 'é ', 'é'],
])('reads %s from “%s” as %s', async (type, text, expected) => {
  expect(await read([text], type)).toEqual([expected]);
});

test('stops at an empty value where one is required', async () => {
  expect(await read(['  '], 'string', true)).toBe('stopped');
  expect(await read([''], 'bigint', true)).toBe('stopped');
  expect(await read(['0'], 'bigint', true)).toEqual(['0']);
});

function isGood(text: string, type: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of them are trimmed, here and in the checker
  const trimmed = text.replace(/^[\x00-\x20]+|[\x00-\x20]+$/g, '');
  return trimmed === '' || describeType(type).fitValue?.(trimmed, 0, trimmed.length) === 0;
}

async function read(texts: string[], type: string, required = false): Promise<unknown> {
  const rows = texts.map((text) => `(nullif(${quoteText(text)}, ''))`).join(', ');
  const values = valuesSql([{ text: 'x', type, required, name: 'value' }], `(VALUES ${rows}) AS texts(x)`);
  const sql = `SELECT CAST(value AS VARCHAR) AS value FROM (${values})`;
  try {
    const { statements } = await engine.run({
      type: 'script',
      statements: [{ id: 'read', sql, rows: true }],
      files: [],
    });
    return statements[0]?.rows?.map(({ value }) => value);
  } catch (error) {
    const isStop =
      error instanceof EngineError &&
      (error.message.includes(contractStop) || error.message.includes('Conversion Error'));
    if (!isStop) throw error;
    return 'stopped';
  }
}
