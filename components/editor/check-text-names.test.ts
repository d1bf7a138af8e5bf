import { describe, expect, it } from 'vitest';
import { checkTextNames } from './check-text-names';

const known = {
  database: 'retail',
  columns: { 'retail.sales': ['location', 'amount'], 'other.sales': ['town'] },
};
const marked = (text: string) => checkTextNames(text, known).map(({ from, to }) => text.slice(from, to));

describe('checkTextNames', () => {
  it('underlines each unknown name at its place in the whole text, and says where', () => {
    const text = 'SELECT 1;\nSELECT s.amont,\n  summ(amount) FROM sales s;\nSELECT town, amount FROM other.sales';
    expect(marked(text)).toEqual(['s.amont', 'summ', 'amount']);
    expect(checkTextNames(text, known).map(({ message }) => message)).toEqual([
      expect.stringMatching(/^COLUMN_NOT_FOUND: line 2:8: Column 's.amont' cannot be resolved/),
      "FUNCTION_NOT_FOUND: line 3:3: Function 'summ' not registered",
      expect.stringMatching(/^COLUMN_NOT_FOUND: line 4:14: /),
    ]);
  });

  it.each([
    'SELECT anything FROM not_listed',
    'SELECT anything FROM elsewhere.retail.sales',
    'SELECT was_called_so FROM sales@2026-11-25 WHERE sales.was_called_so > 1',
    'SELECT was_called_so FROM "sales@2026-11-25 14:03" s WHERE s.was_called_so > 1',
    'ALTER TABLE sales ADD COLUMNS (more int); SELECT more FROM sales',
    'DROP TABLE IF EXISTS "sales"; CREATE TABLE retail.sales AS SELECT 1 AS more; SELECT more FROM sales',
    'CREATE OR REPLACE VIEW sales AS SELECT 1 AS more; SELECT more FROM sales',
    'SELECT nope FROM sales WHERE',
    'SELECT amount FROM sales@yesterday',
    '',
  ])('says nothing of what may well be: %s', (text) => {
    expect(marked(text)).toEqual([]);
  });

  it('looks at the tables that a new one is made of', () => {
    expect(marked('CREATE TABLE big_sales AS SELECT nope FROM sales')).toEqual(['nope']);
  });
});
