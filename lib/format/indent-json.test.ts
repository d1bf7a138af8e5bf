import { expect, test } from 'vitest';
import { indentJson } from './indent-json';

test.each([
  ['{"a":1,"b":[true,null]}', '{\n  "a": 1,\n  "b": [\n    true,\n    null\n  ]\n}'],
  ['[ ]', '[]'],
  ['{"a" : { }}', '{\n  "a": {}\n}'],
  ['"a, {b}: \\" c"', '"a, {b}: \\" c"'],
  ['{"a":1}\n{"a":2}\n', '{\n  "a": 1\n}\n{\n  "a": 2\n}'],
  ['[12345678901234567890, 1.10]', '[\n  12345678901234567890,\n  1.10\n]'],
  ['{"cut":"off', '{\n  "cut": "off'],
])('%s', (text, indented) => {
  expect(indentJson(text)).toBe(indented);
});
