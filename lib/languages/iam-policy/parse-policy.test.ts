import { expect, it } from 'vitest';
import { parsePolicy } from './parse-policy.ts';

it('takes one where many are allowed', () => {
  const allow = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
  const { statements } = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: allow }), 'identity');
  expect(statements).toMatchObject([{ effect: 'Allow', actions: { not: false, values: ['s3:GetObject'] } }]);
});

it('takes a document without a Version for one of 2008', () => {
  const allow = { Effect: 'Allow', Action: '*', Resource: '*' };
  expect(parsePolicy(JSON.stringify({ Statement: [allow] }), 'identity').version).toBe('2008-10-17');
});
