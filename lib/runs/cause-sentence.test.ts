import { expect, it } from 'vitest';
import { causeSentence } from './cause-sentence';

it('takes the message out of what Lambda and Glue leave', () => {
  expect(causeSentence('{"errorType":"TypeError","errorMessage":"x is not a function","trace":["at y"]}')).toBe(
    'x is not a function',
  );
  expect(causeSentence('{"JobRunState":"FAILED","ErrorMessage":"disk full"}')).toBe('disk full');
});

it('names the rules that hold a file', () => {
  const evaluation = { id: 'e', key: 'k', verdict: 'held', score: 0.5 };
  const rules = ['IsComplete "location"', 'RowCount > 10'].map((rule) => ({
    ruleset: 'own',
    rule,
    columns: [],
    result: 'FAIL',
  }));
  const cause = { evaluation, database: 'retail', table: 'sales', rules, ruleCount: 2 };
  expect(causeSentence(JSON.stringify(cause))).toBe('sales: IsComplete "location"; RowCount > 10');
});

it('leaves other sentences alone, but not without end', () => {
  expect(causeSentence('The state timed out.')).toBe('The state timed out.');
  expect(causeSentence('{"other":1}')).toBe('{"other":1}');
  expect(causeSentence('x'.repeat(1000))).toHaveLength(400);
});
