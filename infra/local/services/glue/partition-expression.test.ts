import { expect, test } from 'vitest';
import { partitionFilter } from './partition-expression.ts';

const found = (type: string, expression: string, values: string[]) => {
  const matches = partitionFilter(expression, [{ Name: 'k', Type: type }]);
  return values.filter((value) => matches([value]));
};

test.each([
  ['decimal(9,2)', 'k between 2 AND 3e10', ['2.6']],
  ['decimal', `k >= 2 and k <> '3e14'`, ['2.6']],
])('decimals: %s %s', (type, expression, expected) => {
  expect(found(type, expression, ['1.2', '2.6', '3e14'])).toEqual(expected);
});

test('whole numbers of any size', () => {
  expect(found('bigint', 'k > 9007199254740992', ['9007199254740993', '9007199254740992', '-1'])).toEqual([
    '9007199254740993',
  ]);
});

const times = ['2022-01-01 12:34:56.789', '2022-02-01 00:00:00.000000', '2022-03-01 21:00:12.3456789'];
test.each([
  `k = '2022-02-01 00:00:00'`,
  `k IN ('2022-02-01 00:00:00.000000000')`,
  `k > '2022-01-31 23:59:59.999999999' AND k < '2022-02-01 00:00:00.000000001'`,
])('timestamps: %s', (expression) => {
  expect(found('timestamp', expression, times)).toEqual([times[1]]);
});

test.each([
  ['date', `k = '2022-02-32'`, 'InvalidInputException', '2022-02-32 is not a date.'],
  ['date', `k = '2022-02-30'`, 'InvalidInputException', 'is not a date.'],
  ['date', `k LIKE '2022%'`, 'InvalidInputException', "Date data type doesn't support operation 'LIKE'"],
  ['timestamp', `k = '2022-02-15 00:00:00.'`, 'InvalidInputException', 'is not a timestamp.'],
  ['timestamp', `k = '2022-02-15'`, 'InvalidInputException', 'is not a timestamp.'],
  ['decimal', `k = 'test'`, 'InvalidInputException', 'test is not a decimal.'],
  ['int', 'k > 1', 'InvalidStateException', '"2022-02-01" is not an integer.'],
])('a %s refuses %s', (type, expression, name, message) => {
  expect(() => found(type, expression, ['2022-02-01'])).toThrow(
    expect.objectContaining({ name, message: expect.stringContaining(message) }),
  );
});

test('the partition of no value is found by no comparison', () => {
  expect(found('int', 'k <> 1', ['__HIVE_DEFAULT_PARTITION__', '2'])).toEqual(['2']);
});
