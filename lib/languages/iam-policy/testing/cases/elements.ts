import type { ActionCase, CaseGroup, ResourceCase } from '../decision-case.ts';

const LOGS = 'arn:aws:logs:eu-west-3:111122223333:log-group:/aws/lambda/validate:log-stream:x';
const FUNCTION = 'arn:aws:lambda:eu-west-3:111122223333:function:validate';

export const ACTION_CASES: CaseGroup<ActionCase>[] = [
  {
    about: 'Action',
    page: 'reference_policies_elements_action.html',
    cases: [
      ['the same', { Action: 's3:GetObject' }, 's3:GetObject', true],
      ['in another case', { Action: 'S3:getobject' }, 's3:GetObject', true],
      ['asked in another case', { Action: 's3:GetObject' }, 'S3:GETOBJECT', true],
      ['another of the service', { Action: 's3:GetObject' }, 's3:PutObject', false],
      ['one that begins alike', { Action: 's3:GetObject' }, 's3:GetObjectVersion', false],
      ['all of a service', { Action: 's3:*' }, 's3:PutObject', true],
      ['all of another service', { Action: 's3:*' }, 's3tables:GetTable', false],
      ['everything', { Action: '*' }, 'glue:GetTable', true],
      ['a star at the end', { Action: 'iam:Get*' }, 'iam:GetRole', true],
      ['a star in the middle', { Action: 'iam:*AccessKey*' }, 'iam:ListAccessKeys', true],
      ['a star in the middle that misses', { Action: 'iam:*AccessKey*' }, 'iam:ListUsers', false],
      ['a star in another case', { Action: 'iam:*accesskey*' }, 'iam:CreateAccessKey', true],
      ['a question mark', { Action: 'sqs:?eceiveMessage' }, 'sqs:ReceiveMessage', true],
      ['one of several', { Action: ['s3:PutObject', 's3:GetObject'] }, 's3:GetObject', true],
      ['none of several', { Action: ['s3:PutObject', 's3:GetObject'] }, 's3:DeleteObject', false],
      ['a service of two words', { Action: 'execute-api:Invoke' }, 'execute-api:Invoke', true],
    ],
  },
  {
    about: 'NotAction',
    page: 'reference_policies_elements_notaction.html',
    cases: [
      ['the named one', { NotAction: 'iam:*' }, 'iam:GetRole', false],
      ['the named one in another case', { NotAction: 'IAM:*' }, 'iam:GetRole', false],
      ['any other', { NotAction: 'iam:*' }, 's3:GetObject', true],
      ['one of several', { NotAction: ['iam:*', 's3:Delete*'] }, 's3:DeleteObject', false],
      ['none of several', { NotAction: ['iam:*', 's3:Delete*'] }, 's3:GetObject', true],
      ['all', { NotAction: '*' }, 's3:GetObject', false],
    ],
  },
];

export const RESOURCE_CASES: CaseGroup<ResourceCase>[] = [
  {
    about: 'Resource',
    page: 'reference_policies_elements_resource.html',
    cases: [
      ['the same', { Resource: 'arn:aws:s3:::lake' }, 'arn:aws:s3:::lake', true],
      ['in another case', { Resource: 'arn:aws:s3:::Lake' }, 'arn:aws:s3:::lake', false],
      ['a bucket is not its objects', { Resource: 'arn:aws:s3:::lake' }, 'arn:aws:s3:::lake/a.csv', false],
      ['objects are not the bucket', { Resource: 'arn:aws:s3:::lake/*' }, 'arn:aws:s3:::lake', false],
      ['objects in folders', { Resource: 'arn:aws:s3:::lake/*' }, 'arn:aws:s3:::lake/a/b/c.csv', true],
      ['a bucket that begins alike', { Resource: 'arn:aws:s3:::lake*' }, 'arn:aws:s3:::lakes/secret', true],
      ['a question mark', { Resource: 'arn:aws:s3:::lake-?' }, 'arn:aws:s3:::lake-1', true],
      ['a question mark is not two', { Resource: 'arn:aws:s3:::lake-?' }, 'arn:aws:s3:::lake-12', false],
      ['one of several', { Resource: ['arn:aws:s3:::a', 'arn:aws:s3:::b'] }, 'arn:aws:s3:::b', true],
      ['everything', { Resource: '*' }, 'arn:aws:s3:::lake', true],
      ['everything, where an action has no resource', { Resource: '*' }, '*', true],
      ['an ARN, where an action has no resource', { Resource: 'arn:aws:s3:::*' }, '*', false],
      ['any region', { Resource: 'arn:aws:lambda:*:111122223333:function:validate' }, FUNCTION, true],
      ['any account', { Resource: 'arn:aws:lambda:eu-west-3:*:function:validate' }, FUNCTION, true],
      ['another account', { Resource: 'arn:aws:lambda:eu-west-3:444455556666:function:validate' }, FUNCTION, false],
      [
        'another partition',
        { Resource: 'arn:aws-cn:lambda:eu-west-3:111122223333:function:validate' },
        FUNCTION,
        false,
      ],
      ['a part of the region', { Resource: 'arn:aws:lambda:eu-*:111122223333:function:validate' }, FUNCTION, true],
      ['a star for two components', { Resource: 'arn:aws:lambda:*:function:validate' }, FUNCTION, false],
      ['a star over the colons of the last', { Resource: 'arn:aws:logs:*:*:log-group:/aws/lambda/*' }, LOGS, true],
      ['the colons of the last', { Resource: 'arn:aws:logs:*:*:log-group:/aws/lambda/validate:*' }, LOGS, true],
      ['a log group is not its streams', { Resource: 'arn:aws:logs:*:*:log-group:/aws/lambda/validate' }, LOGS, false],
      ['a star in the last is not the account', { Resource: 'arn:aws:s3:::lake/*:x' }, 'arn:aws:s3:::lake/a:b:x', true],
      ['spaces and accents', { Resource: 'arn:aws:s3:::lake/été 1/*' }, 'arn:aws:s3:::lake/été 1/a', true],
      ['dots are dots', { Resource: 'arn:aws:s3:::lake/a.csv' }, 'arn:aws:s3:::lake/abcsv', false],
    ],
  },
  {
    about: 'incomplete ARNs',
    page: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html',
    cases: [
      ['all of a service', { Resource: 'arn:aws:sqs' }, 'arn:aws:sqs:eu-west-3:111122223333:q', true],
      ['all of a region', { Resource: 'arn:aws:sqs:eu-west-3' }, 'arn:aws:sqs:eu-west-3:111122223333:q', true],
      ['not of another region', { Resource: 'arn:aws:sqs:eu-west-1' }, 'arn:aws:sqs:eu-west-3:111122223333:q', false],
      ['not of another service', { Resource: 'arn:aws:sqs' }, 'arn:aws:sns:eu-west-3:111122223333:q', false],
    ],
  },
  {
    about: 'NotResource',
    page: 'reference_policies_elements_notresource.html',
    cases: [
      ['the named one', { NotResource: 'arn:aws:s3:::lake/*' }, 'arn:aws:s3:::lake/a', false],
      ['any other', { NotResource: 'arn:aws:s3:::lake/*' }, 'arn:aws:s3:::other/a', true],
      ['the bucket of named objects', { NotResource: 'arn:aws:s3:::lake/*' }, 'arn:aws:s3:::lake', true],
      ['one of several', { NotResource: ['arn:aws:s3:::a', 'arn:aws:s3:::b'] }, 'arn:aws:s3:::b', false],
      ['none of several', { NotResource: ['arn:aws:s3:::a', 'arn:aws:s3:::b'] }, 'arn:aws:s3:::c', true],
    ],
  },
];
