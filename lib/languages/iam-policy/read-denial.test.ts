import { describe, expect, test } from 'vitest';
import { denialMessage } from './denial.ts';
import type { Decision } from './evaluate.ts';
import { findDenialSentence, readDenial, roleOfPrincipal } from './read-denial.ts';

const ada = 'arn:aws:sts::000000000000:assumed-role/lacustre-analyst/ada@example.com';
const file = 'arn:aws:s3:::lacustre-raw/sales/Q1 (draft), 2026.csv';

describe('readDenial', () => {
  test.each<[Decision, { isExplicit: boolean; kind: string }]>([
    [
      { result: 'implicitDeny', source: 'identity' },
      { isExplicit: false, kind: 'identity' },
    ],
    [
      { result: 'explicitDeny', source: 'identity' },
      { isExplicit: true, kind: 'identity' },
    ],
    [
      { result: 'explicitDeny', source: 'resource' },
      { isExplicit: true, kind: 'resource' },
    ],
    [
      { result: 'implicitDeny', source: 'boundary' },
      { isExplicit: false, kind: 'boundary' },
    ],
    [
      { result: 'explicitDeny', source: 'session' },
      { isExplicit: true, kind: 'session' },
    ],
  ])('reads what the lake writes of %o', (decision, expected) => {
    expect(readDenial(denialMessage(ada, 's3:GetObject', file, decision))).toEqual({
      principal: ada,
      action: 's3:GetObject',
      resource: file,
      ...expected,
    });
  });

  // https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
  test.each([
    [
      'an organisation’s policy, by its ARN',
      `User: ${ada} is not authorized to perform: s3:ListBucket on resource: "arn:aws:s3:::raw" with an explicit deny in a service control policy: arn:aws:organizations::1:policy/o-1/service_control_policy/p-1`,
      {
        kind: 'organisation',
        isExplicit: true,
        policyArn: 'arn:aws:organizations::1:policy/o-1/service_control_policy/p-1',
      },
    ],
    [
      'a managed policy, by its ARN',
      `User: ${ada} is not authorized to perform: glue:GetTable on resource: arn:aws:glue:eu-west-3:1:catalog with an explicit deny in an identity-based policy: arn:aws:iam::1:policy/NoTables`,
      {
        kind: 'identity',
        isExplicit: true,
        policyArn: 'arn:aws:iam::1:policy/NoTables',
        resource: 'arn:aws:glue:eu-west-3:1:catalog',
      },
    ],
    [
      'a VPC endpoint',
      `User: ${ada} is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::raw/a" because no VPC endpoint policy allows the s3:GetObject action`,
      { kind: 'endpoint', isExplicit: false },
    ],
    [
      'a trust policy',
      `User: ${ada} is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::1:role/x because no role trust policy allows the sts:AssumeRole action`,
      { kind: 'trust', isExplicit: false },
    ],
    [
      'no reason at all',
      `User: ${ada} is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::1:role/x`,
      { resource: 'arn:aws:iam::1:role/x' },
    ],
    [
      'what the Java SDK adds inside a service',
      `User: ${ada} is not authorized to perform: lambda:InvokeFunction on resource: arn:aws:lambda:eu-west-3:1:function:f because no identity-based policy allows the lambda:InvokeFunction action (Service: AWSLambda; Status Code: 403; Error Code: AccessDeniedException)`,
      { action: 'lambda:InvokeFunction', kind: 'identity', isExplicit: false },
    ],
    [
      'what Python adds inside a job',
      `An error occurred (AccessDenied) when calling the PutObject operation: User: ${ada} is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::processed/a b" because no session policy allows the s3:PutObject action`,
      { action: 's3:PutObject', resource: 'arn:aws:s3:::processed/a b', kind: 'session' },
    ],
    [
      'the JSON of a Lambda’s cause',
      JSON.stringify({
        errorType: 'AccessDenied',
        errorMessage: denialMessage(ada, 's3:GetObject', file, { result: 'implicitDeny', source: 'identity' }),
      }),
      { resource: file, principal: ada, kind: 'identity' },
    ],
    [
      'Athena, which speaks to "you"',
      'You are not authorized to perform: athena:StartQueryExecution on the resource. After your AWS administrator or you have updated your permissions, please try again.',
      { action: 'athena:StartQueryExecution' },
    ],
    [
      'Athena’s words for S3',
      'Permission denied on S3 path: s3://processed/sales/a.parquet',
      { action: 's3:GetObject', resource: 'arn:aws:s3:::processed/sales/a.parquet' },
    ],
    [
      'Athena’s words for its results',
      'Access denied when writing output to url: s3://results/athena/1.csv . Please ensure you are allowed to access the S3 bucket.',
      { action: 's3:PutObject', resource: 'arn:aws:s3:::results/athena/1.csv' },
    ],
  ])('reads %s', (_, sentence, expected) => {
    expect(readDenial(sentence)).toMatchObject(expected);
  });

  test.each(['Access Denied', 'COLUMN_NOT_FOUND: line 1:8: Column x', '', 'is not authorized to perform: '])(
    'finds none in %o',
    (text) => {
      expect(readDenial(text)).toBeUndefined();
    },
  );

  test('takes the sentence out of a long cause, and finds the same in it', () => {
    const sentence = denialMessage(ada, 's3:GetObject', file, { result: 'explicitDeny', source: 'resource' });
    const cause = JSON.stringify({
      errorMessage: sentence,
      trace: Array(500).fill('at Object.handle (/var/task/index.js:1:1)'),
    });
    const found = findDenialSentence(cause) ?? '';
    expect(found.length).toBeLessThan(1_000);
    expect(readDenial(found)).toEqual(readDenial(sentence));
  });

  test('ends soon on a long text that only looks like one', () => {
    expect(readDenial(`User: ${'a'.repeat(100_000)} is not authorized`)).toBeUndefined();
  });
});

test('the role of a principal is in its ARN', () => {
  expect(roleOfPrincipal(ada)).toBe('lacustre-analyst');
  expect(roleOfPrincipal('arn:aws:iam::000000000000:role/service-role/crawl')).toBe('crawl');
  expect(roleOfPrincipal('arn:aws:iam::000000000000:user/bob')).toBeUndefined();
});
