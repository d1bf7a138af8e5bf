import { expect, it } from 'vitest';
import { bindParameters } from '@/lib/languages/trino-sql/parameters.ts';
import { PARAMETER_TYPES, type ParameterType } from '@/lib/query/saved/parameters';
import { readValues } from './read-values';

const read = (type: ParameterType, value: string) => readValues([{ name: 'p', type }], { p: value })[0] ?? '';

it.each<[ParameterType, string, string]>([
  ['text', "it's", "'it''s'"],
  ['text', '', "''"],
  ['text', "'; DROP TABLE x --", "'''; DROP TABLE x --'"],
  ['integer', '-9223372036854775808', '-9223372036854775808'],
  ['integer', '+007', '7'],
  ['decimal', '12.50', "DECIMAL '12.50'"],
  ['date', '2026-11-25', "DATE '2026-11-25'"],
  ['timestamp', '2026-11-25T14:03:00.5', "TIMESTAMP '2026-11-25 14:03:00.5'"],
  ['boolean', 'true', 'true'],
])('reads a %s of %j as %s', (type, value, literal) => {
  expect(read(type, value)).toBe(literal);
});

it.each<[ParameterType, string]>([
  ['text', "'".repeat(600)],
  ['integer', '9223372036854775808'],
  ['integer', '1 OR 1=1'],
  ['integer', ''],
  ['decimal', '1,5'],
  ['decimal', 'NaN'],
  ['date', '2026-02-30'],
  ['timestamp', '2026-11-25'],
  ['timestamp', '2026-11-25T14:03:00Z'],
  ['boolean', '1'],
])('refuses a %s of %j and names the parameter', (type, value) => {
  expect(() => read(type, value)).toThrow(/^The parameter “p” must be/);
});

it('takes a default where nothing is given, one value for a name that comes twice, and refuses what is unknown', () => {
  const parameters = [
    { name: 'a', type: 'integer' as const, default: '3' },
    { name: 'b', type: 'text' as const },
    { name: 'a', type: 'integer' as const, default: '3' },
  ];
  expect(readValues(parameters, { b: 'x' })).toEqual(['3', "'x'", '3']);
  expect(() => readValues(parameters, {})).toThrow('The parameter “b” must be given');
  expect(() => readValues(parameters, { b: 'x', c: '1' })).toThrow(
    '“c” is not a parameter of this query. It has a, b.',
  );
});

it('never writes what could end or extend a statement', () => {
  const pieces = ["'", '"', ';', '--', '/*', '*/', '?', ' OR ', '\\', '\n', '1', 'é', ')', '$'];
  for (let n = 0; n < 500; n++) {
    const value = Array.from({ length: n % 9 }, (_, at) => pieces[(n * 7 + at * at * 3) % pieces.length]).join('');
    for (const type of PARAMETER_TYPES) {
      try {
        bindParameters('SELECT ?', [read(type, value)]);
      } catch (error) {
        expect(String(error)).toContain('The parameter “p”');
      }
    }
  }
});
