import { expect, it } from 'vitest';
import { causeSentence } from './cause-sentence';

it('takes the message out of what Lambda and Glue leave', () => {
  expect(causeSentence('{"errorType":"TypeError","errorMessage":"x is not a function","trace":["at y"]}')).toBe(
    'x is not a function',
  );
  expect(causeSentence('{"JobRunState":"FAILED","ErrorMessage":"disk full"}')).toBe('disk full');
});

it('leaves other sentences alone, but not without end', () => {
  expect(causeSentence('The state timed out.')).toBe('The state timed out.');
  expect(causeSentence('{"other":1}')).toBe('{"other":1}');
  expect(causeSentence('x'.repeat(1000))).toHaveLength(400);
});
