import { expect, it } from 'vitest';
import { endpointDocs } from '@/lib/data-api/endpoint-docs';
import { isComplete, requestOf } from './request-of';

const saved = {
  id: 'a-1',
  name: 'finance/daily size',
  sql: 'SELECT ?, ?',
  parameters: [
    { name: 'since', type: 'date' as const, description: 'The first day' },
    { name: 'size', type: 'integer' as const, default: '1' },
  ],
};
const docs = endpointDocs([saved]);
const of = (operation: string, isSaved = false) => {
  const doc = docs.find((each) => each.operation === operation && Boolean(each.saved) === isSaved);
  if (!doc) throw new Error(operation);
  return doc;
};

it('describes a saved query with its own parameters before those of the API', () => {
  const { path, parameters, formats } = of('callSaved', true);
  expect([path, formats[0], formats.length]).toEqual(['/api/v1/saved/finance/daily%20size', 'application/json', 5]);
  expect(parameters.map(({ name, type, isRequired }) => `${name} ${type} ${isRequired}`)).toEqual([
    'since date true',
    'size integer false',
    'limit integer false',
    'timeout integer false',
    'next text false',
    'If-None-Match text false',
  ]);
  expect(parameters[0]?.description).toBe('The first day');
});

it('makes the request that a filled form stands for', () => {
  const call = of('callSaved', true);
  expect(isComplete(call, { size: '2' })).toBe(false);
  expect(requestOf(call, 'http://x', { since: '2026-01-01', size: '' }, 'text/csv')).toEqual({
    method: 'GET',
    url: 'http://x/api/v1/saved/finance/daily%20size?since=2026-01-01',
    accept: 'text/csv',
  });
  expect(requestOf(of('startQuery'), 'http://x', { query: 'SELECT 1' }, 'application/json')).toEqual({
    method: 'POST',
    url: 'http://x/api/v1/queries',
    body: '{"query":"SELECT 1"}',
  });
  expect(requestOf(of('getResults'), '', { id: 'a/b' }, 'application/json').url).toBe('/api/v1/queries/a%2Fb/results');
  expect(isComplete(of('readQuery'), {})).toBe(true);
});
