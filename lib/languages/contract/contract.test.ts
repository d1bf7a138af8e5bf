import { describe, expect, it } from 'vitest';
import { PhysicalType } from './contract.ts';
import { contractDiff } from './contract-diff.ts';
import { draftContract } from './infer-contract.ts';
import { parseContract, printContract } from './print-contract.ts';
import { columnNames, splitRawKey, toSnakeCase } from './snake-case.ts';

const column = {
  name: 'id',
  physicalName: 'ID',
  logicalType: 'integer',
  physicalType: 'bigint',
  required: true,
} as const;
const contract = draftContract('sales', [column]);

describe('a contract', () => {
  it('is read back as it was printed', () => {
    expect(parseContract(printContract(contract))).toEqual(contract);
  });

  it.each([
    ['another kind', { ...contract, kind: 'Table' }, /kind/],
    ['no column', draftContract('sales', []), /properties/],
    [
      'a column twice',
      draftContract('sales', [column, { ...column, physicalName: 'Id' }]),
      /two columns have the same name/,
    ],
    [
      'a type that Athena does not have',
      draftContract('sales', [{ ...column, physicalType: 'money' }]),
      /must be string, bigint/,
    ],
    ['a name that needs quotes', draftContract('sales', [{ ...column, name: 'Sale ID' }]), /lower-case letters/],
  ])('with %s is refused', (_, document, message) => {
    expect(() => parseContract(JSON.stringify(document))).toThrow(message);
  });

  it('has decimals as far as Athena has them', () => {
    expect(PhysicalType.safeParse('decimal(38,38)').success).toBe(true);
    for (const type of ['decimal(39,0)', 'decimal(2,3)', 'decimal(0,0)', 'decimal', 'int']) {
      expect(PhysicalType.safeParse(type).success, type).toBe(false);
    }
  });
});

describe('the difference of two contracts', () => {
  it('names what came, went and changed', () => {
    const from = draftContract('sales', [column, { ...column, name: 'old' }]);
    const to = draftContract('sales', [
      { ...column, physicalName: 'Nr', physicalType: 'string', required: false },
      { ...column, name: 'new' },
    ]);
    expect(contractDiff(from, to)).toEqual([
      { type: 'column-removed', column: 'old' },
      { type: 'type-changed', column: 'id', from: 'bigint', to: 'string' },
      { type: 'physical-name-changed', column: 'id', from: 'ID', to: 'Nr' },
      { type: 'required-changed', column: 'id', from: true, to: false },
      { type: 'column-added', column: 'new' },
    ]);
    expect(contractDiff(from, from)).toEqual([]);
  });
});

describe('names', () => {
  it.each([
    ['Total_Sales', 'total_sales'],
    ['customerID', 'customer_id'],
    ['HTTPStatus code', 'http_status_code'],
    [' Prénom / Été ', 'prenom_ete'],
    ['数', ''],
  ])('%s becomes %s', (name, expected) => expect(toSnakeCase(name)).toBe(expected));

  it('are each their own, also next to ones that are numbered already', () => {
    expect(columnNames(['a', 'a_2', 'A', 'a'])).toEqual(['a', 'a_2', 'a_3', 'a_4']);
  });

  it('of datasets are those of the first folder', () => {
    expect(splitRawKey('2024 Sales/uk/a.csv')).toEqual({ dataset: 'dataset_2024_sales', file: 'uk/a.csv' });
    expect(splitRawKey('a.csv')).toBeUndefined();
    expect(splitRawKey('/a.csv')).toBeUndefined();
    expect(splitRawKey('sales/')).toBeUndefined();
  });
});
