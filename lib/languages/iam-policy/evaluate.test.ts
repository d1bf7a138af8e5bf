import { describe, expect, it } from 'vitest';
import { compilePolicy } from './compile-policy.ts';
import { denialMessage } from './denial.ts';
import { evaluate, type PolicySet } from './evaluate.ts';
import { explain } from './explain.ts';
import { parsePolicy } from './parse-policy.ts';
import { ANA, ROOT_ARN } from './testing/cases/people.ts';

type StatementLike = Record<string, unknown>;

function policy(statements: StatementLike[], name = 'p', kind: 'identity' | 'resource' | 'trust' = 'identity') {
  const filled = statements.map((statement) => ({
    Effect: 'Allow',
    ...(kind !== 'trust' && { Resource: '*' }),
    ...statement,
  }));
  return compilePolicy(name, parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: filled }), kind));
}

const requestFor = (action: string, resource = 'arn:t', context: Record<string, string> = {}) => ({
  principal: ANA,
  action,
  resource,
  lookup: (key: string) => (context[key] === undefined ? undefined : [context[key]]),
});

it('names the statement that decided', () => {
  const two = policy([{ Action: 'glue:*' }, { Sid: 'Read', Action: 's3:Get*' }], 'reader');
  expect(evaluate(requestFor('s3:GetObject'), { identity: [two] }).by).toEqual({
    policy: 'reader',
    index: 1,
    sid: 'Read',
  });
});

it('takes the policies of a session together', () => {
  const session = [policy([{ Action: 's3:GetObject' }]), policy([{ Action: 's3:PutObject' }])];
  const set: PolicySet = { identity: [policy([{ Action: 's3:*' }])], session };
  expect(evaluate(requestFor('s3:PutObject'), set).result).toBe('allowed');
  expect(evaluate(requestFor('s3:DeleteObject'), set)).toMatchObject({ result: 'implicitDeny', source: 'session' });
});

it('stays fast on patterns made to be slow', () => {
  const slow = policy([{ Action: '*', Resource: `arn:aws:s3:::lake/${'*a'.repeat(200)}*b` }]);
  const started = performance.now();
  const { result } = evaluate(requestFor('s3:GetObject', `arn:aws:s3:::lake/${'a'.repeat(1000)}`), {
    identity: [slow],
  });
  expect(result).toBe('implicitDeny');
  expect(performance.now() - started).toBeLessThan(200);
});

describe('an explanation', () => {
  it('says of each statement what became of it, in the order in which AWS asks', () => {
    const identity = policy(
      [
        { Sid: 'Tables', Action: 'glue:*' },
        { Sid: 'Open', Action: 's3:*', Resource: 'arn:aws:s3:::lake/open/*' },
        { Sid: 'Secure', Action: 's3:*', Condition: { Bool: { 'aws:SecureTransport': 'true' } } },
        { Sid: 'Read', Action: 's3:GetObject' },
      ],
      'reader',
    );
    const resource = policy(
      [
        { Sid: 'Account', Action: 's3:*', Principal: { AWS: ROOT_ARN } },
        { Sid: 'Ben', Action: 's3:*', Principal: { AWS: ANA.arn.replace('ana', 'ben') } },
      ],
      'bucket',
      'resource',
    );
    const request = requestFor('s3:GetObject', 'arn:aws:s3:::lake/secret/a', { 'aws:securetransport': 'false' });
    const { decision, steps } = explain(request, {
      identity: [identity],
      resource,
      boundary: policy([{ Action: 'iam:*' }]),
    });
    expect(decision).toEqual({ result: 'implicitDeny', source: 'boundary' });
    expect(steps.map(({ source, sid, outcome }) => [source, sid, outcome])).toEqual([
      ['resource', 'Account', 'applies'],
      ['resource', 'Ben', 'principal'],
      ['identity', 'Tables', 'action'],
      ['identity', 'Open', 'resource'],
      ['identity', 'Secure', 'condition'],
      ['identity', 'Read', 'applies'],
      ['boundary', undefined, 'action'],
    ]);
    expect(steps[0]).toMatchObject({ policy: 'bucket', index: 0, isLeftToAccount: true });
    expect(steps[4]?.condition).toEqual({
      operator: 'Bool',
      key: 'aws:SecureTransport',
      wanted: ['true'],
      found: ['false'],
    });
  });
});

describe('the sentence of a denial', () => {
  it.each<[string, PolicySet, string]>([
    ['glue:GetTable', { identity: [] }, 'because no identity-based policy allows the glue:GetTable action'],
    [
      'glue:GetTable',
      { identity: [policy([{ Effect: 'Deny', Action: '*' }])] },
      'with an explicit deny in an identity-based policy',
    ],
    [
      'glue:GetTable',
      { identity: [policy([{ Action: '*' }])], boundary: policy([{ Action: 's3:*' }]) },
      'because no permissions boundary allows the glue:GetTable action',
    ],
    [
      'sts:AssumeRole',
      {
        identity: [],
        trust: policy([{ Action: 'sts:*', Principal: { Service: 'lambda.amazonaws.com' } }], 'p', 'trust'),
      },
      'because no role trust policy allows the sts:AssumeRole action',
    ],
    [
      'sts:AssumeRole',
      { identity: [], trust: policy([{ Effect: 'Deny', Action: 'sts:*', Principal: '*' }], 'p', 'trust') },
      'with an explicit deny in the role trust policy',
    ],
  ])('is the one AWS uses for %s', (action, policies, why) => {
    const decision = evaluate(requestFor(action), policies);
    expect(denialMessage(ANA.arn, action, 'arn:t', decision)).toBe(
      `User: ${ANA.arn} is not authorized to perform: ${action} on resource: arn:t ${why}`,
    );
  });
});
