/** Statements of policies, and what is found in them. */
import type { FindingCode, PolicyDocumentOf, Severity } from './finding.ts';

export const ACCOUNT = '111111111111';
export const OTHER = '222222222222';
const arn = (service: string, resource: string) => `arn:aws:${service}:eu-west-3:${ACCOUNT}:${resource}`;
export const role = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;
export const LAKE = 'arn:aws:s3:::lake/*';
export const JOB = arn('glue', 'job/clean');

export type StatementLike = Record<string, unknown>;

/** No finding at all. */
export const RIGHT: [string, StatementLike, PolicyDocumentOf['kind']?][] = [
  ['a star behind a bucket', { Action: ['s3:GetObject'], Resource: LAKE }],
  ['a star behind a prefix', { Action: ['s3:GetObject'], Resource: 'arn:aws:s3:::lake/sales/*' }],
  ['a star behind a database', { Action: 'glue:GetTable', Resource: arn('glue', 'table/retail/*') }],
  ['a star behind a common beginning', { Action: 'iam:GetRole', Resource: role('lacustre-*') }],
  ['the runs of one state machine', { Action: 'states:StopExecution', Resource: arn('states', 'execution:ingest:*') }],
  ['`*` for an action that knows no resource', { Action: 's3:ListAllMyBuckets', Resource: '*' }],
  [
    '`*` whose resources must have a tag',
    { Action: 'glue:GetJob', Resource: '*', Condition: { StringEquals: { 'aws:ResourceTag/lake': 'yes' } } },
  ],
  [
    'one role for one service',
    {
      Action: 'iam:PassRole',
      Resource: role('clean'),
      Condition: { StringEquals: { 'iam:PassedToService': 'glue.amazonaws.com' } },
    },
  ],
  ['a denial with NotAction', { Effect: 'Deny', NotAction: 's3:GetObject', Resource: '*' }],
  [
    'a service on behalf of the account',
    {
      Action: 'sts:AssumeRole',
      Principal: { Service: 'glue.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } },
    },
    'trust',
  ],
  ['the account itself', { Action: 'sts:AssumeRole', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } }, 'trust'],
  [
    'another account with an external id',
    { Action: 'sts:AssumeRole', Principal: { AWS: OTHER }, Condition: { StringEquals: { 'sts:ExternalId': 'x' } } },
    'trust',
  ],
  [
    'a bucket and its objects, an action for each',
    { Action: ['s3:ListBucket', 's3:GetObject'], Resource: ['arn:aws:s3:::lake', LAKE] },
  ],
  [
    'a condition that the action knows',
    { Action: 's3:ListBucket', Resource: 'arn:aws:s3:::lake', Condition: { StringLike: { 's3:prefix': 'a/*' } } },
  ],
  [
    'a service that the catalog does not have',
    { Action: 'dynamodb:GetItem', Resource: 'arn:aws:dynamodb:eu-west-3:111111111111:table/a' },
  ],
];

/** This finding with this severity, maybe beside others. */
export const WRONG: [string, FindingCode, Severity, StatementLike, PolicyDocumentOf['kind']?][] = [
  ['all actions of a service', 'wildcardAction', 'high', { Action: 's3:*', Resource: LAKE }],
  ['all that write', 'wildcardAction', 'medium', { Action: 'glue:Update*', Resource: JOB }],
  ['all that read', 'wildcardAction', 'low', { Action: 's3:GetObject*', Resource: LAKE }],
  ['actions with a question mark', 'wildcardAction', 'low', { Action: 's3:GetObjec?', Resource: LAKE }],
  ['writing anywhere', 'wildcardResource', 'high', { Action: 's3:PutObject', Resource: '*' }],
  ['reading anywhere', 'wildcardResource', 'medium', { Action: 's3:GetObject', Resource: '*' }],
  ['any bucket', 'wildcardResource', 'low', { Action: 's3:GetObject', Resource: 'arn:aws:s3:::*/*' }],
  [
    'any function',
    'wildcardResource',
    'medium',
    { Action: 'lambda:InvokeFunction', Resource: arn('lambda', 'function:*') },
  ],
  ['rewriting policies', 'escalation', 'high', { Action: 'iam:CreatePolicyVersion', Resource: '*' }],
  ['giving oneself policies', 'escalation', 'high', { Action: 'iam:PutRolePolicy', Resource: role('*') }],
  ['giving one role policies', 'escalation', 'medium', { Action: 'iam:AttachRolePolicy', Resource: role('ops') }],
  [
    'keys of others',
    'escalation',
    'high',
    { Action: ['iam:CreateAccessKey'], Resource: `arn:aws:iam::${ACCOUNT}:user/*` },
  ],
  ['joining a group', 'escalation', 'high', { Action: ['iam:AddUserToGroup'], Resource: '*' }],
  ['trust of other roles', 'escalation', 'high', { Action: 'iam:UpdateAssumeRolePolicy', Resource: '*' }],
  [
    'code of functions',
    'escalation',
    'high',
    { Action: 'lambda:UpdateFunctionCode', Resource: arn('lambda', 'function:*') },
  ],
  ['any role that lets one', 'escalation', 'high', { Action: 'sts:AssumeRole', Resource: '*' }],
  ['everything', 'escalation', 'high', { Action: '*', Resource: '*' }],
  ['everything but something', 'escalation', 'high', { NotAction: 's3:*', Resource: '*' }],
  ['any role for anything', 'passRole', 'high', { Action: 'iam:PassRole', Resource: '*' }],
  ['a role for any service', 'passRole', 'medium', { Action: 'iam:PassRole', Resource: role('clean') }],
  [
    'a bucket open to everyone',
    'publicAccess',
    'high',
    { Action: 's3:GetObject', Resource: LAKE, Principal: '*' },
    'resource',
  ],
  [
    'everyone in another spelling',
    'publicAccess',
    'high',
    { Action: 's3:GetObject', Resource: LAKE, Principal: { AWS: '*' } },
    'resource',
  ],
  [
    'half of the internet',
    'publicAccess',
    'high',
    {
      Action: 's3:GetObject',
      Resource: LAKE,
      Principal: '*',
      Condition: { IpAddress: { 'aws:SourceIp': '0.0.0.0/1' } },
    },
    'resource',
  ],
  [
    'a role that everyone may take on',
    'publicAccess',
    'high',
    { Action: 'sts:AssumeRole', Principal: { AWS: '*' } },
    'trust',
  ],
  [
    'a condition that holds where the key is missing',
    'publicAccess',
    'high',
    {
      Action: 's3:GetObject',
      Resource: LAKE,
      Principal: '*',
      Condition: { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-1' } },
    },
    'resource',
  ],
  [
    'another account',
    'otherAccount',
    'medium',
    { Action: 'sts:AssumeRole', Principal: { AWS: `arn:aws:iam::${OTHER}:root` } },
    'trust',
  ],
  [
    'a service for anybody',
    'confusedDeputy',
    'low',
    { Action: 'sts:AssumeRole', Principal: { Service: 'glue.amazonaws.com' } },
    'trust',
  ],
  [
    'a service for anybody in a bucket',
    'confusedDeputy',
    'medium',
    { Action: 's3:PutObject', Resource: LAKE, Principal: { Service: 'cloudtrail.amazonaws.com' } },
    'resource',
  ],
  [
    'a bucket without TLS',
    'missingCondition',
    'medium',
    { Action: 's3:GetObject', Resource: LAKE, Principal: { AWS: ACCOUNT } },
    'resource',
  ],
  ['NotAction', 'notAction', 'high', { NotAction: 'iam:*', Resource: '*' }],
  ['NotAction on one bucket', 'notAction', 'medium', { NotAction: 's3:DeleteObject', Resource: LAKE }],
  ['NotResource', 'notResource', 'medium', { Action: 's3:GetObject', NotResource: LAKE }],
  [
    'NotPrincipal',
    'notPrincipal',
    'high',
    { Action: 's3:GetObject', Resource: LAKE, NotPrincipal: { AWS: OTHER } },
    'resource',
  ],
  ['a slip in an action', 'unknownAction', 'low', { Action: ['s3:GetObjekt', 's3:GetObject'], Resource: LAKE }],
  ['a slip in a denial', 'unknownAction', 'medium', { Effect: 'Deny', Action: 's3:RemoveObject', Resource: LAKE }],
  ['a pattern of nothing', 'unknownAction', 'low', { Action: 'glue:Fetch*', Resource: JOB }],
  [
    'a slip in a key',
    'unknownKey',
    'medium',
    { Action: 's3:GetObject', Resource: LAKE, Condition: { StringEquals: { 'aws:SourceIpAddress': '1.2.3.4' } } },
  ],
  ['an action of objects on a bucket', 'unreachable', 'low', { Action: 's3:GetObject', Resource: 'arn:aws:s3:::lake' }],
  [
    'a denial of a bucket’s action on objects',
    'unreachable',
    'medium',
    { Effect: 'Deny', Action: 's3:DeleteBucket', Resource: LAKE },
  ],
  [
    'an action without resources on one',
    'unreachable',
    'low',
    { Action: 's3:ListAllMyBuckets', Resource: 'arn:aws:s3:::lake' },
  ],
  ['a resource that no action is for', 'unreachable', 'low', { Action: 's3:GetObject', Resource: [LAKE, JOB] }],
  [
    'a key that the requests never have',
    'unreachable',
    'low',
    { Action: 's3:GetObject', Resource: LAKE, Condition: { StringLike: { 's3:prefix': 'a/*' } } },
  ],
  [
    'two conditions that exclude each other',
    'unreachable',
    'low',
    {
      Action: 's3:GetObject',
      Resource: LAKE,
      Condition: {
        StringEquals: { 'aws:PrincipalArn': 'a' },
        'ForAnyValue:StringLike': { 'aws:TagKeys': 'x' },
        Null: { 'aws:PrincipalArn': 'true' },
      },
    },
  ],
];
