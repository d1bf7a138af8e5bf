import { describe, expect, it } from 'vitest';
import { compilePolicy } from './compile-policy.ts';
import { denialMessage } from './denial.ts';
import { type Decision, evaluate, type PolicySet } from './evaluate.ts';
import { parsePolicy } from './parse-policy.ts';
import type { PolicyKind } from './policy.ts';

const ANA = { arn: 'arn:aws:iam::111111111111:user/ana', accountId: '111111111111' };

type StatementLike = Record<string, unknown>;

function policy(statements: StatementLike[], kind: PolicyKind = 'identity', name = 'p') {
  const filled = statements.map((statement) => ({
    Effect: 'Allow',
    ...(kind !== 'trust' && !statement.NotResource && { Resource: '*' }),
    ...statement,
  }));
  return compilePolicy(name, parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: filled }), kind));
}

function decide(
  action: string,
  resource: string,
  policies: PolicySet,
  context: Record<string, string | string[]> = {},
): Decision {
  const lookup = (key: string) => (context[key] === undefined ? undefined : [context[key]].flat());
  return evaluate({ principal: ANA, action, resource, lookup }, policies);
}

const allows = (statement: StatementLike, action: string, resource = 'arn:aws:s3:::lake/a', context = {}) =>
  decide(action, resource, { identity: [policy([statement])] }, context).result === 'allowed';

describe('actions and resources', () => {
  const statements = [
    { Action: ['s3:GetObject', 's3:ListBucket'], Resource: ['arn:aws:s3:::lake/*', 'arn:aws:s3:::lake'] },
    {
      Action: ['athena:StartQueryExecution', 'athena:Get*'],
      Resource: 'arn:aws:athena:eu-west-3:111111111111:workgroup/analysts',
    },
    { Effect: 'Deny', Action: 's3:*', Resource: 'arn:aws:s3:::lake/secret/*' },
  ];
  it.each([
    ['s3:GetObject', 'arn:aws:s3:::lake/a.csv', 'allowed'],
    ['S3:getobject', 'arn:aws:s3:::lake/a.csv', 'allowed'],
    ['s3:GetObject', 'arn:aws:s3:::lake/secret/a.csv', 'explicitDeny'],
    ['s3:GetObject', 'arn:aws:s3:::LAKE/a.csv', 'implicitDeny'],
    ['s3:PutObject', 'arn:aws:s3:::lake/a.csv', 'implicitDeny'],
    ['athena:GetQueryResults', 'arn:aws:athena:eu-west-3:111111111111:workgroup/analysts', 'allowed'],
    ['athena:GetQueryResults', 'arn:aws:athena:eu-west-3:111111111111:workgroup/admin', 'implicitDeny'],
  ])('%s on %s is %s', (action, resource, result) => {
    expect(decide(action, resource, { identity: [policy(statements)] }).result).toBe(result);
  });

  it('takes NotAction and NotResource as everything else', () => {
    expect(allows({ NotAction: 'iam:*' }, 's3:GetObject')).toBe(true);
    expect(allows({ NotAction: 'iam:*' }, 'iam:CreateUser')).toBe(false);
    expect(allows({ Action: 's3:*', NotResource: 'arn:aws:s3:::lake/*' }, 's3:GetObject')).toBe(false);
    expect(allows({ Action: 's3:*', NotResource: 'arn:aws:s3:::lake/*' }, 's3:GetObject', 'arn:aws:s3:::other/a')).toBe(
      true,
    );
  });

  it('fills in variables, as literal text, and matches nothing without their value', () => {
    const statement = { Action: 's3:GetObject', Resource: 'arn:aws:s3:::lake/${aws:username}/*' };
    const resource = 'arn:aws:s3:::lake/ana/a';
    expect(allows(statement, 's3:GetObject', resource, { 'aws:username': 'ana' })).toBe(true);
    expect(allows(statement, 's3:GetObject', resource, { 'aws:username': 'a*' })).toBe(false);
    expect(allows(statement, 's3:GetObject', resource)).toBe(false);
    const withDefault = { Action: 's3:GetObject', Resource: "arn:aws:s3:::lake/${aws:username, 'ana'}/*" };
    expect(allows(withDefault, 's3:GetObject', resource)).toBe(true);
    expect(
      allows({ Action: 's3:GetObject', Resource: 'arn:aws:s3:::lake/a${*}' }, 's3:GetObject', 'arn:aws:s3:::lake/a*'),
    ).toBe(true);
    expect(
      allows({ Action: 's3:GetObject', Resource: 'arn:aws:s3:::lake/a${*}' }, 's3:GetObject', 'arn:aws:s3:::lake/ab'),
    ).toBe(false);
  });

  it('stays fast on patterns made to be slow', () => {
    const resource = `arn:aws:s3:::lake/${'*a'.repeat(200)}*b`;
    const started = performance.now();
    expect(allows({ Action: '*', Resource: resource }, 's3:GetObject', `arn:aws:s3:::lake/${'a'.repeat(1000)}`)).toBe(
      false,
    );
    expect(performance.now() - started).toBeLessThan(200);
  });
});

describe('conditions', () => {
  const holds = (Condition: unknown, context: Record<string, string | string[]>) =>
    allows({ Action: '*', Condition }, 's3:ListBucket', 'arn:aws:s3:::lake', context);
  it.each<[string, unknown, Record<string, string | string[]>, boolean]>([
    ['StringEquals', { StringEquals: { 's3:prefix': ['a', 'b'] } }, { 's3:prefix': 'b' }, true],
    ['StringEquals takes * literally', { StringEquals: { 's3:prefix': 'a*' } }, { 's3:prefix': 'ab' }, false],
    ['keys in any case', { StringEquals: { 'S3:Prefix': 'a' } }, { 's3:prefix': 'a' }, true],
    ['StringEquals without the key', { StringEquals: { 's3:prefix': 'a' } }, {}, false],
    ['StringEqualsIfExists without the key', { StringEqualsIfExists: { 's3:prefix': 'a' } }, {}, true],
    [
      'StringNotEquals means none of them',
      { StringNotEquals: { 's3:prefix': ['a', 'b'] } },
      { 's3:prefix': 'b' },
      false,
    ],
    ['StringNotEquals without the key', { StringNotEquals: { 's3:prefix': 'a' } }, {}, true],
    ['StringLike', { StringLike: { 's3:prefix': 'runs/*' } }, { 's3:prefix': 'runs/1' }, true],
    [
      'several operators all hold',
      { StringLike: { 's3:prefix': '*' }, Bool: { 'aws:SecureTransport': 'true' } },
      { 's3:prefix': 'a', 'aws:securetransport': 'false' },
      false,
    ],
    ['Bool as JSON boolean', { Bool: { 'aws:SecureTransport': true } }, { 'aws:securetransport': 'true' }, true],
    ['NumericLessThanEquals', { NumericLessThanEquals: { 's3:max-keys': '10' } }, { 's3:max-keys': '10' }, true],
    [
      'DateGreaterThan',
      { DateGreaterThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } },
      { 'aws:currenttime': '2026-11-22T00:00:00Z' },
      true,
    ],
    ['IpAddress', { IpAddress: { 'aws:SourceIp': '127.0.0.0/8' } }, { 'aws:sourceip': '127.0.0.1' }, true],
    [
      'IpAddress of version 6',
      { IpAddress: { 'aws:SourceIp': '2001:db8::/32' } },
      { 'aws:sourceip': '2001:db8::1' },
      true,
    ],
    ['NotIpAddress', { NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }, { 'aws:sourceip': '127.0.0.1' }, true],
    [
      'ArnLike',
      { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/lacustre-*' } },
      { 'aws:principalarn': 'arn:aws:iam::1:role/lacustre-viewer' },
      true,
    ],
    ['Null true', { Null: { 's3:prefix': 'true' } }, {}, true],
    ['Null false', { Null: { 's3:prefix': 'false' } }, {}, false],
    ['ForAnyValue', { 'ForAnyValue:StringEquals': { k: ['a'] } }, { k: ['b', 'a'] }, true],
    ['ForAnyValue without the key', { 'ForAnyValue:StringEquals': { k: ['a'] } }, {}, false],
    ['ForAllValues', { 'ForAllValues:StringEquals': { k: ['a', 'b'] } }, { k: ['a', 'c'] }, false],
    ['ForAllValues without the key', { 'ForAllValues:StringEquals': { k: ['a'] } }, {}, true],
  ])('%s', (_name, condition, context, expected) => {
    expect(holds(condition, context)).toBe(expected);
  });
});

describe('several policies', () => {
  const bucket = (statement: StatementLike) => policy([{ Action: 's3:*', ...statement }], 'resource', 'bucket policy');
  const s3 = policy([{ Action: 's3:*' }]);

  it('lets an explicit deny of the resource win', () => {
    const insecure = bucket({
      Effect: 'Deny',
      Principal: '*',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    });
    const decision = decide(
      's3:GetObject',
      'arn:aws:s3:::b/a',
      { identity: [s3], resource: insecure },
      { 'aws:securetransport': 'false' },
    );
    expect(decision).toEqual({
      result: 'explicitDeny',
      source: 'resource',
      by: { policy: 'bucket policy', index: 0, sid: undefined },
    });
  });

  it('lets a resource policy that names the principal allow alone, but not one that names its account', () => {
    const named = bucket({ Principal: { AWS: ANA.arn } });
    const account = bucket({ Principal: { AWS: '111111111111' } });
    expect(decide('s3:GetObject', 'x', { identity: [], resource: named }).result).toBe('allowed');
    expect(decide('s3:GetObject', 'x', { identity: [], resource: account }).result).toBe('implicitDeny');
  });

  it('narrows by boundary and session policy', () => {
    const onlyGet = policy([{ Action: 's3:GetObject' }]);
    expect(decide('s3:PutObject', 'x', { identity: [s3], boundary: onlyGet })).toMatchObject({
      result: 'implicitDeny',
      source: 'boundary',
    });
    expect(decide('s3:PutObject', 'x', { identity: [s3], session: onlyGet })).toMatchObject({
      result: 'implicitDeny',
      source: 'session',
    });
    expect(decide('s3:GetObject', 'x', { identity: [s3], session: onlyGet }).result).toBe('allowed');
  });

  it('names the statement that decided', () => {
    const two = policy([{ Action: 'glue:*' }, { Sid: 'Read', Action: 's3:Get*' }], 'identity', 'reader');
    expect(decide('s3:GetObject', 'x', { identity: [two] }).by).toEqual({ policy: 'reader', index: 1, sid: 'Read' });
  });
});

describe('trust', () => {
  const all = policy([{ Action: '*' }]);
  const assume = (
    Principal: unknown,
    principal: Parameters<typeof evaluate>[0]['principal'] = ANA,
    identity: PolicySet['identity'] = [],
  ) =>
    evaluate(
      { principal, action: 'sts:AssumeRole', resource: 'arn:aws:iam::111111111111:role/r', lookup: () => undefined },
      { identity, trust: policy([{ Action: 'sts:AssumeRole', Principal }], 'trust') },
    ).result;
  it('tells the principal, its account and strangers apart', () => {
    expect(assume({ AWS: ANA.arn })).toBe('allowed');
    expect(assume({ AWS: 'arn:aws:iam::111111111111:root' })).toBe('implicitDeny');
    expect(assume({ AWS: 'arn:aws:iam::111111111111:root' }, ANA, [all])).toBe('allowed');
    expect(assume({ AWS: 'arn:aws:iam::222222222222:root' }, ANA, [all])).toBe('implicitDeny');
    expect(assume({ Service: 'lambda.amazonaws.com' }, ANA, [all])).toBe('implicitDeny');
    expect(
      assume({ Service: 'lambda.amazonaws.com' }, { arn: 'lambda.amazonaws.com', accountId: '', isService: true }),
    ).toBe('allowed');
  });
});

describe('the sentence of a denial', () => {
  it('is the one AWS uses', () => {
    const missing = decide('glue:GetTable', 'arn:t', { identity: [] });
    expect(denialMessage(ANA.arn, 'glue:GetTable', 'arn:t', missing)).toBe(
      'User: arn:aws:iam::111111111111:user/ana is not authorized to perform: glue:GetTable on resource: arn:t because no identity-based policy allows the glue:GetTable action',
    );
    const denied = decide('glue:GetTable', 'arn:t', { identity: [policy([{ Effect: 'Deny', Action: '*' }])] });
    expect(denialMessage(ANA.arn, 'glue:GetTable', 'arn:t', denied)).toMatch(
      /with an explicit deny in an identity-based policy$/,
    );
  });
});
