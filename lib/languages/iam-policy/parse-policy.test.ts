import { expect, it } from 'vitest';
import { parsePolicy } from './parse-policy.ts';
import type { PolicyKind } from './policy.ts';

const allow = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
const document = (...statements: unknown[]) => ({ Version: '2012-10-17', Statement: statements });

it.each<[string, unknown, PolicyKind, string]>([
  [
    'an unknown version',
    { Version: '2012-10-18', Statement: [allow] },
    'identity',
    'Version: must be "2012-10-17" or "2008-10-17"',
  ],
  ['no statement', { Version: '2012-10-17' }, 'identity', 'Statement: is required'],
  ['an empty list of statements', document(), 'identity', 'Statement: must not be empty'],
  [
    'a misspelt element',
    document({ ...allow, Actions: 's3:*' }),
    'identity',
    'Statement[0].Actions: is not an element of a statement',
  ],
  [
    'an effect in lower case',
    document(allow, { ...allow, Effect: 'allow' }),
    'identity',
    'Statement[1].Effect: must be "Allow" or "Deny"',
  ],
  [
    'no action',
    document({ Effect: 'Allow', Resource: '*' }),
    'identity',
    'Statement[0].Action: is required: policy statement must contain actions',
  ],
  [
    'an action without a vendor',
    document({ ...allow, Action: ['s3:GetObject', 'GetObject'] }),
    'identity',
    'Statement[0].Action[1]: "GetObject" is not an action: actions must be prefaced by a vendor, e.g., iam, s3, glue',
  ],
  [
    'Action and NotAction',
    document({ ...allow, NotAction: 's3:*' }),
    'identity',
    'Statement[0]: has both Action and NotAction; only one of them is allowed',
  ],
  [
    'no resource',
    document({ Effect: 'Allow', Action: 's3:*' }),
    'identity',
    'Statement[0].Resource: is required: policy statement must contain resources',
  ],
  [
    'a resource that is no ARN',
    document({ ...allow, Resource: 'lake' }),
    'identity',
    'Statement[0].Resource: resource lake must be in ARN format or "*".',
  ],
  [
    'a principal in an identity policy',
    document({ ...allow, Principal: '*' }),
    'identity',
    'Statement[0].Principal: must not be in an identity policy: policy document should not specify a principal',
  ],
  [
    'no principal in a resource policy',
    document(allow),
    'resource',
    'Statement[0].Principal: is required: policy statement must contain a principal',
  ],
  [
    'an unknown type of principal',
    document({ ...allow, Principal: { Aws: '*' } }),
    'resource',
    'Statement[0].Principal.Aws: is not a type of principal',
  ],
  [
    'a resource in a trust policy',
    document({ ...allow, Principal: '*' }),
    'trust',
    'Statement[0].Resource: has prohibited field Resource: a trust policy has none',
  ],
  [
    'an unknown condition operator',
    document({ ...allow, Condition: { StringLikes: { a: 'b' } } }),
    'identity',
    'Statement[0].Condition.StringLikes: invalid Condition type : StringLikes.',
  ],
  [
    'a Sid twice',
    document({ ...allow, Sid: 'A' }, { ...allow, Sid: 'A' }),
    'identity',
    'Statement[1].Sid: "A" is used twice: statement IDs (SID) in a single policy must be unique.',
  ],
])('refuses %s, saying where', (_name, policy, kind, message) => {
  expect(() => parsePolicy(JSON.stringify(policy), kind)).toThrow(message);
});

it('refuses what is not JSON', () => {
  expect(() => parsePolicy('{', 'identity')).toThrow(/^the policy is not JSON/);
});

it('takes one where many are allowed', () => {
  const { statements } = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: allow }), 'identity');
  expect(statements).toMatchObject([{ effect: 'Allow', actions: { not: false, values: ['s3:GetObject'] } }]);
});
