import { expect, test } from 'vitest';
import type { PrincipalPolicies } from '../read-principal';
import { permissionsOf } from './permissions-of';

const policy = (name: string, kind: 'inline' | 'boundary', ...Statement: object[]) => ({
  ...{ name, kind, text: JSON.stringify({ Version: '2012-10-17', Statement }) },
});
const allow = (Sid: string, Action: string | string[], Resource: string | string[], more: object = {}) => ({
  ...{ Sid, Effect: 'Allow', Action, Resource, ...more },
});
const principal = (identity: PrincipalPolicies['identity'], boundary?: PrincipalPolicies['boundary']) => ({
  ...{ roleName: 'r', roleArn: 'arn:aws:iam::111111111111:role/r', unread: [], identity },
  trust: { name: 'trust', kind: 'trust' as const, text: '{}' },
  ...(boundary ? { boundary } : {}),
});
const lake = (key: string) => `arn:aws:s3:::lake/${key}`;

test('says once what several statements allow, with all their resources and where each comes from', () => {
  const one = policy('one', 'inline', allow('Sales', 's3:GetObject', lake('sales/*')));
  const other = policy(
    ...(['other', 'inline'] as const),
    allow('Pay', ['s3:GetObject', 'glue:GetTable'], [lake('pay/*')]),
    allow('Night', 's3:GetObject', lake('night/*'), { Condition: { Bool: { 'aws:SecureTransport': 'true' } } }),
  );
  const permissions = permissionsOf(principal([one, other]));
  expect(permissions.map(({ service }) => service)).toEqual(['glue', 's3']);
  const [reading, atNight, ...rest] = permissions[1]?.items ?? [];
  expect(rest).toEqual([]);
  expect(reading?.by.map(({ sid }) => sid)).toEqual(['Sales', 'Pay']);
  expect(reading?.phrases).toContainEqual(
    expect.objectContaining({ code: 'objectsUnder', values: expect.objectContaining({ count: 2 }) }),
  );
  // What holds only sometimes is another permission.
  expect(atNight?.by).toEqual([{ policy: 'other', index: 1, sid: 'Night' }]);
});

test('says of each action the resources that it can be about', () => {
  const job = 'arn:aws:glue:eu-west-3:111111111111:job/tidy';
  const crawler = 'arn:aws:glue:eu-west-3:111111111111:crawler/look';
  const own = policy('own', 'inline', allow('Work', ['glue:StartJobRun', 'glue:StartCrawler'], [job, crawler]));
  const arns = permissionsOf(principal([own])).flatMap(({ items }) =>
    items.map(({ phrases }) => phrases.flatMap(({ part, values }) => (part === 'resource' ? values.arns : []))),
  );
  expect(arns).toEqual([[job], [crawler]]);
});

test('marks what a deny or the boundary takes away again', () => {
  const own = policy(
    ...(['own', 'inline'] as const),
    allow('Read', 's3:GetObject', [lake('sales/*'), lake('pay/*')]),
    allow('Write', 's3:PutObject', lake('sales/*')),
    allow('See', 'glue:GetTable', '*'),
    { Sid: 'NoPay', Effect: 'Deny', Action: 's3:*', Resource: lake('pay/*') },
  );
  const limit = policy('limit', 'boundary', allow('Limit', ['s3:GetObject', 'glue:*'], '*'));
  const reachOf = (permissions: ReturnType<typeof permissionsOf>) =>
    Object.fromEntries(permissions.flatMap(({ items }) => items.map(({ by, reach }) => [by[0]?.sid, reach])));
  expect(reachOf(permissionsOf(principal([own])))).toEqual({ Read: 'part', Write: 'whole', See: 'whole' });
  expect(reachOf(permissionsOf(principal([own], limit)))).toEqual({ Read: 'part', Write: 'none', See: 'whole' });
});

test('keeps a statement whole that says what it is not about', () => {
  const own = policy('own', 'inline', { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' });
  expect(permissionsOf(principal([own]))).toMatchObject([{ service: '*', items: [{ by: [{ index: 0 }] }] }]);
});
