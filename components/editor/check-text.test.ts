import { describe, expect, it } from 'vitest';
import { checkText } from './check-text';

describe('checkText', () => {
  it('tells what is wrong with which statement, at its place in the whole text', () => {
    const text = 'SELECT 1;\nSELECT\n  a b c\nFROM t;\nSELEC 2';
    const { problems } = checkText(text);
    expect(problems.map(({ from, to }) => text.slice(from, to))).toEqual(['c', 'SELEC']);
    expect(problems.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^line 3:7: mismatched input 'c'/),
      expect.stringMatching(/^line 5:1: mismatched input 'SELEC'/),
    ]);
  });

  it('points behind a statement that ends too soon', () => {
    const text = 'SELECT (1 +';
    expect(checkText(text).problems).toMatchObject([{ from: text.length, to: text.length }]);
  });

  it('names the tables that are read, and no WITH query', () => {
    const text = 'SELECT 1; WITH w AS (SELECT * FROM retail."My Sales") SELECT * FROM w, orders o';
    const { tables } = checkText(text);
    expect(tables.map(({ from, to }) => text.slice(from, to))).toEqual(['retail."My Sales"', 'orders']);
    expect(tables[0]).toMatchObject({ database: 'retail', name: 'my sales' });
  });

  it('takes a hundred thousand characters of anything', () => {
    expect(() => checkText(`${'('.repeat(50_000)}${"'".repeat(50_001)}`)).not.toThrow();
  });
});
