import { expect, it } from 'vitest';
import { resultType } from './result-type';

it.each([
  [null, 'application/json'],
  ['', 'application/json'],
  ['*/*', 'application/json'],
  ['text/*', 'text/csv'],
  ['TEXT/CSV; charset=utf-8', 'text/csv'],
  ['text/html, application/vnd.apache.parquet;q=0.5, */*;q=0.1', 'application/vnd.apache.parquet'],
  ['application/json;q=0.2, application/vnd.apache.arrow.stream', 'application/vnd.apache.arrow.stream'],
  ['application/json;q=0, */*', 'application/x-ndjson'],
])('answers Accept: %s with %s', (accept, type) => {
  expect(resultType(accept)).toBe(type);
});

it.each(['application/pdf', 'json', '*/*;q=0', 'text/csv;q=x', ',,;'])('has nothing for Accept: %s', (accept) => {
  expect(() => resultType(accept)).toThrow('A result is to be had as');
});
