import type { CaseGroup, MalformedCase } from '../decision-case.ts';

const ALLOW = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
const TRUST = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: '111122223333' } };
const ASSUME = { Effect: 'Allow', Action: 'sts:AssumeRole' };
const of = (...statements: unknown[]) => ({ Version: '2012-10-17', Statement: statements });
const principal = (value: unknown) => of({ ...ALLOW, Principal: value });

export const MALFORMED_CASES: CaseGroup<MalformedCase>[] = [
  {
    about: 'the document',
    page: 'reference_policies_grammar.html',
    cases: [
      ['a list', 'identity', [], 'must be a JSON object'],
      ['text', 'identity', 'Allow', 'must be a JSON object'],
      ['nothing', 'identity', null, 'must be a JSON object'],
      [
        'an unknown version',
        'identity',
        { Version: '2012-10-18', Statement: [ALLOW] },
        'Version: must be "2012-10-17" or "2008-10-17"',
      ],
      [
        'an element that there is not',
        'identity',
        { ...of(ALLOW), Statements: [] },
        'Statements: is not an element of a policy',
      ],
      ['no statement', 'identity', { Version: '2012-10-17' }, 'Statement: is required'],
      ['an empty list of statements', 'identity', of(), 'Statement: must not be empty'],
      ['a statement that is text', 'identity', of('Allow'), 'Statement[0]: must be a JSON object'],
      ['an Id that is a number', 'identity', { ...of(ALLOW), Id: 7 }, 'Id: must be text'],
    ],
  },
  {
    about: 'a statement',
    page: 'reference_policies_elements.html',
    cases: [
      [
        'a misspelt element',
        'identity',
        of({ ...ALLOW, Actions: 's3:*' }),
        'Statement[0].Actions: is not an element of a statement',
      ],
      [
        'an effect in lower case',
        'identity',
        of(ALLOW, { ...ALLOW, Effect: 'allow' }),
        'Statement[1].Effect: must be "Allow" or "Deny"',
      ],
      [
        'no effect',
        'identity',
        of({ Action: 's3:*', Resource: '*' }),
        'Statement[0].Effect: must be "Allow" or "Deny"',
      ],
      [
        'a Sid twice',
        'identity',
        of({ ...ALLOW, Sid: 'A' }, { ...ALLOW, Sid: 'A' }),
        'Statement[1].Sid: "A" is used twice: statement IDs (SID) in a single policy must be unique.',
      ],
      [
        'a Sid with a space',
        'identity',
        of({ ...ALLOW, Sid: 'Read it' }),
        'Statement[0].Sid: "Read it": statement IDs (SID) must be alpha-numeric',
      ],
      ['a Sid that is a number', 'identity', of({ ...ALLOW, Sid: 1 }), 'Statement[0].Sid: must be text'],
      [
        'no action',
        'identity',
        of({ Effect: 'Allow', Resource: '*' }),
        'Statement[0].Action: is required: policy statement must contain actions',
      ],
      ['an empty list of actions', 'identity', of({ ...ALLOW, Action: [] }), 'Statement[0].Action: must not be empty'],
      [
        'an action that is a number',
        'identity',
        of({ ...ALLOW, Action: ['s3:*', 1] }),
        'Statement[0].Action[1]: must be text',
      ],
      [
        'an action without a vendor',
        'identity',
        of({ ...ALLOW, Action: ['s3:GetObject', 'GetObject'] }),
        'Statement[0].Action[1]: "GetObject" is not an action: actions must be prefaced by a vendor, e.g., iam, s3, glue',
      ],
      [
        'an action with a space',
        'identity',
        of({ ...ALLOW, Action: 's3: GetObject' }),
        'Statement[0].Action: "s3: GetObject" is not an action',
      ],
      [
        'Action and NotAction',
        'identity',
        of({ ...ALLOW, NotAction: 's3:*' }),
        'Statement[0]: has both Action and NotAction; only one of them is allowed',
      ],
      [
        'Resource and NotResource',
        'identity',
        of({ ...ALLOW, NotResource: '*' }),
        'Statement[0]: has both Resource and NotResource; only one of them is allowed',
      ],
      [
        'a condition that is a list',
        'identity',
        of({ ...ALLOW, Condition: [] }),
        'Statement[0].Condition: must be a JSON object',
      ],
      [
        'a condition without keys',
        'identity',
        of({ ...ALLOW, Condition: { StringEquals: 'a' } }),
        'Statement[0].Condition.StringEquals: must be a JSON object',
      ],
      [
        'a condition on an object',
        'identity',
        of({ ...ALLOW, Condition: { StringEquals: { a: {} } } }),
        'Statement[0].Condition.StringEquals.a: must be text, a number or a boolean',
      ],
      [
        'an operator that there is not',
        'identity',
        of({ ...ALLOW, Condition: { StringLikes: { a: 'b' } } }),
        'Statement[0].Condition.StringLikes: invalid Condition type : StringLikes.',
      ],
      [
        'a set operator that there is not',
        'identity',
        of({ ...ALLOW, Condition: { 'ForNoValue:StringEquals': { a: 'b' } } }),
        'invalid Condition type : ForNoValue:StringEquals.',
      ],
      [
        'NullIfExists',
        'identity',
        of({ ...ALLOW, Condition: { NullIfExists: { a: 'true' } } }),
        'invalid Condition type : NullIfExists.',
      ],
    ],
  },
  {
    about: 'resources',
    page: 'reference_policies_elements_resource.html',
    cases: [
      [
        'none',
        'identity',
        of({ Effect: 'Allow', Action: 's3:*' }),
        'Statement[0].Resource: is required: policy statement must contain resources',
      ],
      [
        'no ARN',
        'identity',
        of({ ...ALLOW, Resource: 'lake' }),
        'Statement[0].Resource: resource lake must be in ARN format or "*".',
      ],
      [
        'a partition that there is not',
        'identity',
        of({ ...ALLOW, Resource: 'arn:*:s3:::lake' }),
        'partition "*" is not valid for resource "arn:*:s3:::lake".',
      ],
      [
        'a wildcard for the service',
        'identity',
        of({ ...ALLOW, Resource: 'arn:aws:s*:::lake' }),
        'resource vendor must be fully qualified and cannot contain regexes.',
      ],
      [
        'an incomplete ARN in a session policy',
        'session',
        of({ ...ALLOW, Resource: 'arn:aws:s3' }),
        'resource arn:aws:s3 must be in ARN format or "*".',
      ],
      [
        'an incomplete ARN in a resource policy',
        'resource',
        of({ ...ALLOW, Resource: 'arn:aws:s3', Principal: '*' }),
        'resource arn:aws:s3 must be in ARN format or "*".',
      ],
      [
        'a resource in a trust policy',
        'trust',
        of({ ...TRUST, Resource: '*' }),
        'Statement[0].Resource: has prohibited field Resource: a trust policy has none',
      ],
    ],
  },
  {
    about: 'principals',
    page: 'reference_policies_elements_principal.html',
    cases: [
      [
        'in an identity policy',
        'identity',
        principal('*'),
        'Statement[0].Principal: must not be in an identity policy: policy document should not specify a principal',
      ],
      ['in a session policy', 'session', principal('*'), 'Statement[0].Principal: must not be in a session policy'],
      [
        'none in a resource policy',
        'resource',
        of(ALLOW),
        'Statement[0].Principal: is required: policy statement must contain a principal',
      ],
      [
        'none in a trust policy',
        'trust',
        of(ASSUME),
        'Statement[0].Principal: is required: policy statement must contain a principal',
      ],
      [
        'a type that there is not',
        'resource',
        principal({ Aws: '*' }),
        'Statement[0].Principal.Aws: is not a type of principal',
      ],
      ['a name alone', 'resource', principal('ana'), 'Statement[0].Principal: must be a JSON object'],
      ['an empty list', 'resource', principal({ AWS: [] }), 'Statement[0].Principal.AWS: must not be empty'],
      [
        'a wildcard in an ARN',
        'resource',
        principal({ AWS: 'arn:aws:iam::111122223333:role/*' }),
        'invalid principal in policy: "AWS":"arn:aws:iam::111122223333:role/*"',
      ],
      [
        'a wildcard for sessions',
        'trust',
        of({ ...ASSUME, Principal: { AWS: 'arn:aws:sts::111122223333:assumed-role/r/*' } }),
        'invalid principal in policy',
      ],
      ['a group', 'resource', principal({ AWS: 'arn:aws:iam::111122223333:group/all' }), 'invalid principal in policy'],
      ['an account with a digit too few', 'resource', principal({ AWS: '11112222333' }), 'invalid principal in policy'],
      [
        'a wildcard for services',
        'trust',
        of({ ...ASSUME, Principal: { Service: '*.amazonaws.com' } }),
        'invalid principal in policy: "Service":"*.amazonaws.com"',
      ],
      [
        'Principal and NotPrincipal',
        'resource',
        of({ ...ALLOW, Principal: '*', NotPrincipal: '*' }),
        'Statement[0]: has both Principal and NotPrincipal; only one of them is allowed',
      ],
      [
        'NotPrincipal in a trust policy',
        'trust',
        of({ Effect: 'Deny', Action: 'sts:*', NotPrincipal: { AWS: '111122223333' } }),
        'Statement[0].NotPrincipal: must not be in a trust policy',
      ],
    ],
  },
];
