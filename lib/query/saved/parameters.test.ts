import { describe, expect, it } from 'vitest';
import { executionParameters, type ParameterType, parameterProblem, QueryParameters } from './parameters';

const one = (type: ParameterType, value: string) => executionParameters([{ name: 'p', type }], { p: value });

describe('executionParameters', () => {
  it.each([
    ['text', "it's -- ?", "'it''s -- ?'"],
    ['text', '', "''"],
    ['integer', '+42', '42'],
    ['integer', '-9223372036854775808', '-9223372036854775808'],
    ['decimal', '.5', '.5'],
    ['date', '2024-02-29', "DATE '2024-02-29'"],
    ['timestamp', '2026-11-26T14:03', "TIMESTAMP '2026-11-26 14:03'"],
    ['boolean', 'true', 'true'],
  ] as const)('writes %s %s as a literal', (type, value, literal) => {
    expect(one(type, value)).toEqual({ literals: [literal] });
  });

  it.each([
    ['integer', '1; DROP TABLE x'],
    ['integer', '9223372036854775808'],
    ['integer', ''],
    ['decimal', '1.2.3'],
    ['decimal', '.'],
    ['decimal', '1e5'],
    ['date', '2023-02-29'],
    ['date', "2024-01-01' OR '1'='1"],
    ['timestamp', '2026-13-26 14:03:00'],
    ['timestamp', '2026-11-26'],
    ['boolean', 'TRUE'],
    ['text', "'".repeat(600)],
  ] as const)('refuses %s %s', (type, value) => {
    expect(one(type, value)).toMatchObject({ problems: [{ name: 'p' }] });
  });

  it('gives one value to every place of a name, defaults where there is none, and names what is missing or unknown', () => {
    const parameters = QueryParameters.parse([
      { name: 'town', type: 'text', default: 'Lens' },
      { name: 'since', type: 'date' },
      { name: 'town', type: 'text', default: 'Lens' },
    ]);
    expect(executionParameters(parameters, { since: '2026-01-01' })).toEqual({
      literals: ["'Lens'", "DATE '2026-01-01'", "'Lens'"],
    });
    expect(executionParameters(parameters, { tonw: 'Lille' })).toMatchObject({
      problems: [{ name: 'tonw' }, { name: 'since', message: 'A value is required.' }],
    });
  });
});

it('refuses a default that is none of its type, and one name with two meanings', () => {
  expect(QueryParameters.safeParse([{ name: 'a', type: 'date', default: 'soon' }]).success).toBe(false);
  expect(QueryParameters.safeParse([{ name: '1a', type: 'date' }]).success).toBe(false);
  const twice = QueryParameters.safeParse([
    { name: 'a', type: 'date' },
    { name: 'a', type: 'text' },
  ]);
  expect(twice.error?.issues[0]).toMatchObject({ path: [1, 'name'] });
  expect(parameterProblem('boolean', 'true')).toBeUndefined();
});
