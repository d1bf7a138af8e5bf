import { describe, expect, it } from 'vitest';
import { matchesEvent, parseEventPattern } from './event-pattern.ts';

const event = {
  source: 'aws.s3',
  'detail-type': 'Object Created',
  resources: ['arn:aws:s3:::raw'],
  detail: { bucket: { name: 'raw' }, object: { key: 'sales/Jan.CSV', size: 12 }, note: null, tags: ['a', 'b'] },
};

function matches(pattern: object): boolean {
  return matchesEvent(parseEventPattern(JSON.stringify(pattern)), event);
}

function inKey(matcher: unknown): object {
  return { detail: { object: { key: [matcher] } } };
}

it.each<[object, boolean]>([
  [{ source: ['aws.s3'], detail: { bucket: { name: ['raw', 'other'] } } }, true],
  [{ source: ['aws.s3'], detail: { bucket: { name: ['other'] } } }, false],
  [{ resources: ['arn:aws:s3:::raw'] }, true],
  [{ detail: { tags: ['b'] } }, true],
  [{ detail: { note: [null] } }, true],
  [{ detail: { nothing: [null] } }, false],
  [inKey({ prefix: 'sales/' }), true],
  [inKey({ prefix: { 'equals-ignore-case': 'SALES/' } }), true],
  [inKey({ suffix: '.csv' }), false],
  [inKey({ suffix: { 'equals-ignore-case': '.csv' } }), true],
  [inKey({ 'equals-ignore-case': 'SALES/jan.csv' }), true],
  [inKey({ wildcard: 'sales/*.CSV' }), true],
  [inKey({ wildcard: 'sales/\\*.CSV' }), false],
  [inKey({ 'anything-but': 'sales/Jan.CSV' }), false],
  [inKey({ 'anything-but': ['x', 'y'] }), true],
  [inKey({ 'anything-but': { prefix: 'sales/' } }), false],
  [inKey({ 'anything-but': { suffix: ['.tmp', '.part'] } }), true],
  [inKey({ 'anything-but': { wildcard: '*/_*' } }), true],
  [{ detail: { nothing: [{ 'anything-but': 'x' }] } }, false],
  [{ detail: { object: { size: [{ numeric: ['>', 0, '<=', 12] }] } } }, true],
  [{ detail: { object: { size: [{ numeric: ['=', 13] }] } } }, false],
  [{ detail: { object: { etag: [{ exists: false }] } } }, true],
  [{ detail: { object: { key: [{ exists: true }] } } }, true],
  [{ detail: { absent: { deeper: [{ exists: false }] } } }, true],
  [{ source: ['aws.s3'], $or: [{ 'detail-type': ['Object Deleted'] }, { detail: { object: { size: [12] } } }] }, true],
  [{ $or: [{ source: ['x'] }, { source: ['y'] }] }, false],
  [{ toString: [{ exists: true }] }, false],
])('%j → %s', (pattern, expected) => {
  expect(matches(pattern)).toBe(expected);
});

describe('refuses, with the reason', () => {
  it.each<[string, string]>([
    ['{', "Event pattern is not valid. Reason: Expected property name or '}' in JSON"],
    ['[]', 'Event pattern is not valid. Reason: Filter is not an object'],
    ['{}', 'Event pattern is not valid. Reason: Empty patterns are not allowed'],
    ['{"source":"aws.s3"}', 'Event pattern is not valid. Reason: "source" must be an object or an array'],
    ['{"source":[]}', 'Event pattern is not valid. Reason: Empty arrays are not allowed ("source")'],
    ['{"a":{"b":[{"prefx":"x"}]}}', 'Event pattern is not valid. Reason: Unrecognized match type prefx ("a.b")'],
    ['{"a":[{"numeric":[">"]}]}', 'Event pattern is not valid. Reason: Bad numeric range operator'],
    ['{"a":[{"wildcard":"a**b"}]}', 'Event pattern is not valid. Reason: Consecutive wildcard characters'],
  ])('%s', (text, message) => {
    expect(() => parseEventPattern(text)).toThrowError(message);
  });
});
