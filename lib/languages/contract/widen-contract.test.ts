import { describe, expect, it } from 'vitest';
import { contractColumns } from './contract.ts';
import { describeProblem } from './describe-problem.ts';
import { draftContract } from './infer-contract.ts';
import type { ProblemCode, ProblemFacts } from './problem.ts';
import { widenContract } from './widen-contract.ts';

const column = (physicalName: string, physicalType: string) => ({
  name: physicalName.toLowerCase(),
  physicalName,
  physicalType,
  logicalType: 'string' as const,
  required: true,
});

function widened(type: string, ...found: [ProblemCode, ProblemFacts][]) {
  const draft = draftContract('sales', [column('Id', 'bigint'), column('Price', type)]);
  const contract = widenContract(
    draft,
    found.map(([code, facts]) => describeProblem(code, { column: 'Price', ...facts })),
  );
  return contract && contractColumns(contract).at(-1)?.type;
}

describe('a draft that its own file contradicts', () => {
  it.each([
    ['bigint', '12.50', 'decimal(18,2)'],
    ['bigint', '12.5', 'double'],
    ['bigint', '1e9', 'double'],
    ['bigint', 'n/a', 'string'],
    ['bigint', '123456789012345678901234', 'double'],
    ['decimal(18,2)', '1.234', 'double'],
    ['decimal(18,2)', 'n/a', 'string'],
    ['double', 'n/a', 'string'],
    ['boolean', 'maybe', 'string'],
    ['date', '2026-01-01 10:00', 'timestamp'],
    ['date', 'soon', 'string'],
    ['timestamp', 'soon', 'string'],
  ])('%s that meets %j becomes %s', (type, value, wider) => {
    expect(widened(type, ['type-mismatch', { value }])).toBe(wider);
  });

  it('takes the widest of what all the values need', () => {
    const found = ['12.50', '1.234', '7'].map((value) => ['type-mismatch', { value }] as [ProblemCode, ProblemFacts]);
    expect(widened('bigint', ...found)).toBe('double');
  });

  it('lets a value lack that was thought to be always there, and takes a key in that came late', () => {
    const draft = draftContract('sales', [column('Id', 'bigint')]);
    const contract = widenContract(draft, [
      describeProblem('value-required', { column: 'Id' }),
      describeProblem('column-unexpected', { column: 'Late Key', row: 9 }),
    ]);
    expect(contract?.schema[0].properties).toMatchObject([
      { name: 'id', required: false },
      { name: 'late_key', physicalName: 'Late Key', physicalType: 'string', required: false },
    ]);
  });

  it('is not widened by what no type could take', () => {
    expect(widened('date', ['date-impossible', { value: '2026-02-30' }])).toBeUndefined();
    expect(widened('bigint', ['fields-too-few', { row: 3 }])).toBeUndefined();
    expect(widened('bigint', ['type-mismatch', { value: 'x' }], ['quote-unclosed', { row: 3 }])).toBeUndefined();
  });
});
