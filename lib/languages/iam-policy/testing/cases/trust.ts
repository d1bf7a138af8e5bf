import type { CaseGroup, DecisionCase } from '../decision-case.ts';
import { ANA, EVENTS, LAMBDA, ROLE_ARN, ROOT_ARN, SESSION } from './people.ts';

const ASSUME = { Action: 'sts:AssumeRole' };
const TRUSTED = 'arn:aws:iam::111122223333:role/trusted';
const MACHINE = 'arn:aws:states:eu-west-3:111122223333:stateMachine:ingest';
const request = { action: 'sts:AssumeRole', on: TRUSTED };
const trusts = (Principal: unknown, more: object = {}) => [{ ...ASSUME, Principal, ...more }];
const allowed = (source: DecisionCase['source'] = 'resource') => ({ ...request, result: 'allowed', source }) as const;
const refused = (source: DecisionCase['source'] = 'resource') =>
  ({ ...request, result: 'implicitDeny', source }) as const;
const denied = (source: DecisionCase['source'] = 'resource') =>
  ({ ...request, result: 'explicitDeny', source }) as const;
const on = (Condition: object) => ({ Condition });

export const TRUST_CASES: CaseGroup<DecisionCase>[] = [
  {
    about: 'who may assume a role',
    page: 'reference_policies_evaluation-logic_policy-eval-basics-single-account.html',
    cases: [
      { name: 'a user who is named', who: ANA, trust: trusts({ AWS: ANA.arn }), ...allowed() },
      { name: 'a user who is not named', who: ANA, identity: [ASSUME], trust: trusts({ AWS: ROLE_ARN }), ...refused() },
      { name: 'the account, without permission', who: ANA, trust: trusts({ AWS: ROOT_ARN }), ...refused('identity') },
      {
        name: 'the account, with permission',
        who: ANA,
        identity: [ASSUME],
        trust: trusts({ AWS: ROOT_ARN }),
        ...allowed('identity'),
      },
      {
        name: 'the account by its number',
        who: ANA,
        identity: [ASSUME],
        trust: trusts({ AWS: '111122223333' }),
        ...allowed('identity'),
      },
      { name: 'another account', who: ANA, identity: [ASSUME], trust: trusts({ AWS: '444455556666' }), ...refused() },
      {
        name: 'permission for another role',
        who: ANA,
        identity: [{ ...ASSUME, Resource: ROLE_ARN }],
        trust: trusts({ AWS: ROOT_ARN }),
        ...refused('identity'),
      },
      {
        name: 'the account, and the user is denied',
        who: ANA,
        identity: [ASSUME, { Effect: 'Deny', ...ASSUME }],
        trust: trusts({ AWS: ROOT_ARN }),
        ...denied('identity'),
      },
      {
        name: 'a user who is named and denied',
        who: ANA,
        identity: [{ Effect: 'Deny', ...ASSUME }],
        trust: trusts({ AWS: ANA.arn }),
        ...denied('identity'),
      },
      {
        name: 'the account, but the boundary does not allow',
        who: ANA,
        identity: [ASSUME],
        boundary: [{ Action: 's3:*' }],
        trust: trusts({ AWS: ROOT_ARN }),
        ...refused('boundary'),
      },
      { name: 'a role, for its session', who: SESSION, trust: trusts({ AWS: ROLE_ARN }), ...allowed() },
      {
        name: 'a role, within its session policy',
        who: SESSION,
        session: [{ Action: 's3:*' }],
        trust: trusts({ AWS: ROLE_ARN }),
        ...refused('session'),
      },
      {
        name: 'the session, whatever its session policy',
        who: SESSION,
        session: [{ Action: 's3:*' }],
        trust: trusts({ AWS: SESSION.arn }),
        ...allowed(),
      },
      {
        name: 'another action of STS',
        who: ANA,
        trust: [{ Action: 'sts:TagSession', Principal: { AWS: ANA.arn } }],
        ...refused(),
      },
      { name: 'all actions of STS', who: ANA, trust: [{ Action: 'sts:*', Principal: { AWS: ANA.arn } }], ...allowed() },
      {
        name: 'a deny of the trust policy',
        who: ANA,
        trust: [...trusts({ AWS: ANA.arn }), ...trusts({ AWS: ROOT_ARN }, { Effect: 'Deny' })],
        ...denied(),
      },
    ],
  },
  {
    about: 'services and conditions of trust',
    page: 'confused-deputy.html',
    cases: [
      { name: 'a service', who: LAMBDA, trust: trusts({ Service: 'lambda.amazonaws.com' }), ...allowed() },
      {
        name: 'one of several services',
        who: EVENTS,
        trust: trusts({ Service: ['lambda.amazonaws.com', 'events.amazonaws.com'] }),
        ...allowed(),
      },
      { name: 'another service', who: EVENTS, trust: trusts({ Service: 'lambda.amazonaws.com' }), ...refused() },
      { name: 'the account is no service', who: LAMBDA, trust: trusts({ AWS: ROOT_ARN }), ...refused() },
      {
        name: 'of the account',
        who: EVENTS,
        trust: trusts(
          { Service: 'events.amazonaws.com' },
          on({ StringEquals: { 'aws:SourceAccount': '111122223333' } }),
        ),
        context: { 'aws:sourceaccount': '111122223333' },
        ...allowed(),
      },
      {
        name: 'of another account',
        who: EVENTS,
        trust: trusts(
          { Service: 'events.amazonaws.com' },
          on({ StringEquals: { 'aws:SourceAccount': '111122223333' } }),
        ),
        context: { 'aws:sourceaccount': '444455556666' },
        ...refused(),
      },
      {
        name: 'for a resource',
        who: EVENTS,
        trust: trusts({ Service: 'events.amazonaws.com' }, on({ ArnLike: { 'aws:SourceArn': MACHINE } })),
        context: { 'aws:sourcearn': MACHINE },
        ...allowed(),
      },
      {
        name: 'for another resource',
        who: EVENTS,
        trust: trusts({ Service: 'events.amazonaws.com' }, on({ ArnLike: { 'aws:SourceArn': MACHINE } })),
        context: { 'aws:sourcearn': `${MACHINE}s` },
        ...refused(),
      },
      {
        name: 'for a resource that nobody names',
        who: EVENTS,
        trust: trusts({ Service: 'events.amazonaws.com' }, on({ ArnLike: { 'aws:SourceArn': MACHINE } })),
        ...refused(),
      },
      {
        name: 'with the external id',
        who: ANA,
        trust: trusts({ AWS: ANA.arn }, on({ StringEquals: { 'sts:ExternalId': '12345' } })),
        context: { 'sts:externalid': '12345' },
        ...allowed(),
      },
      {
        name: 'without the external id',
        who: ANA,
        trust: trusts({ AWS: ANA.arn }, on({ StringEquals: { 'sts:ExternalId': '12345' } })),
        ...refused(),
      },
      {
        name: 'a session named as the person',
        who: ANA,
        trust: trusts({ AWS: ANA.arn }, on({ StringLike: { 'sts:RoleSessionName': '${aws:username}' } })),
        context: { 'sts:rolesessionname': 'ana', 'aws:username': 'ana' },
        ...allowed(),
      },
      {
        name: 'a session named as somebody else',
        who: ANA,
        trust: trusts({ AWS: ANA.arn }, on({ StringLike: { 'sts:RoleSessionName': '${aws:username}' } })),
        context: { 'sts:rolesessionname': 'ben', 'aws:username': 'ana' },
        ...refused(),
      },
      {
        name: 'a tag of the session',
        who: ANA,
        trust: trusts({ AWS: ANA.arn }, on({ StringEquals: { 'aws:RequestTag/team': ['data', 'ops'] } })),
        context: { 'aws:requesttag/team': 'data' },
        ...allowed(),
      },
      {
        name: 'a source identity that is required',
        who: ANA,
        trust: trusts({ AWS: ANA.arn }, on({ StringLike: { 'sts:SourceIdentity': '*' } })),
        ...refused(),
      },
    ],
  },
];
