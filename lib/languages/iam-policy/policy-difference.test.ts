import { describe, expect, it } from 'vitest';
import { minimalPolicy } from './minimal-policy.ts';
import type { ObservedCall } from './observed-call.ts';
import { policyDifference } from './policy-difference.ts';

const roleArn = 'arn:aws:iam::111111111111:role/catalog';
const glue = (resource: string) => `arn:aws:glue:eu-west-3:111111111111:${resource}`;
const call = (action: string, resource: string, deniedCount = 0): ObservedCall => ({
  roleArn,
  action,
  resource,
  count: Math.max(1, deniedCount),
  lastAt: '2026-11-26T08:00:00Z',
  deniedCount,
});

function difference(statements: Record<string, unknown>[], calls: ObservedCall[]) {
  const Statement = statements.map((statement) => ({ Effect: 'Allow', ...statement }));
  return policyDifference([JSON.stringify({ Version: '2012-10-17', Statement })], minimalPolicy(calls), calls);
}

describe('the difference between today’s policies and the least one', () => {
  it('is nothing for the least policy itself', () => {
    const calls = [
      call('s3:GetObject', 'arn:aws:s3:::raw/sales/1.csv'),
      call('glue:GetTable', glue('table/retail/sales')),
      call('sts:GetCallerIdentity', '*'),
    ];
    const least = minimalPolicy(calls);
    expect(policyDifference([JSON.stringify(least)], least, calls)).toEqual({
      unusedActions: [],
      widerResources: [],
      missing: [],
    });
  });

  it('has the actions that nobody used, of a whole statement or of a part of it', () => {
    const { unusedActions } = difference(
      [
        { Sid: 'Read', Action: ['s3:GetObject', 's3:GetObjectVersion'], Resource: 'arn:aws:s3:::raw/sales/*' },
        { Sid: 'Run', Action: 'glue:StartJobRun', Resource: glue('job/clean') },
        { Sid: 'Elsewhere', Action: 's3:GetObject', Resource: 'arn:aws:s3:::results/*' },
        { Sid: 'Never', Effect: 'Deny', Action: 's3:DeleteObject', Resource: '*' },
      ],
      [call('s3:GetObject', 'arn:aws:s3:::raw/sales/1.csv')],
    );
    expect(unusedActions).toEqual([
      { document: 0, index: 0, sid: 'Read', actions: ['s3:GetObjectVersion'], isWhole: false },
      { document: 0, index: 1, sid: 'Run', actions: ['glue:StartJobRun'], isWhole: true },
      { document: 0, index: 2, sid: 'Elsewhere', actions: ['s3:GetObject'], isWhole: true },
    ]);
  });

  it('has the resources that are wider than what was used', () => {
    const { widerResources, unusedActions } = difference(
      [{ Action: 's3:*', Resource: ['arn:aws:s3:::raw/*', 'arn:aws:s3:::raw/sales/*'] }],
      [call('s3:GetObject', 'arn:aws:s3:::raw/sales/1.csv')],
    );
    expect(unusedActions).toEqual([]);
    expect(widerResources).toEqual([
      {
        document: 0,
        index: 0,
        sid: undefined,
        actions: ['s3:GetObject'],
        today: ['arn:aws:s3:::raw/*'],
        used: ['arn:aws:s3:::raw/sales/*'],
      },
    ]);
  });

  it('has what was refused, with all that the service asks for', () => {
    const today = [{ Action: 'glue:GetTable', Resource: [glue('catalog'), glue('database/retail')] }];
    const { missing } = difference(today, [
      call('glue:GetTable', glue('table/retail/sales'), 3),
      call('s3:PutObject', 'arn:aws:s3:::raw/a', 2),
    ]);
    expect(missing).toEqual([
      { action: 'glue:GetTable', resource: glue('table/retail/sales'), deniedCount: 3 },
      { action: 's3:PutObject', resource: 'arn:aws:s3:::raw/a', deniedCount: 2 },
    ]);
  });

  it('takes NotAction and NotResource as what they allow', () => {
    const { missing, unusedActions } = difference(
      [{ NotAction: 'iam:*', NotResource: 'arn:aws:s3:::secret/*' }],
      [call('s3:GetObject', 'arn:aws:s3:::raw/a', 1), call('s3:GetObject', 'arn:aws:s3:::secret/a', 1)],
    );
    expect(unusedActions).toEqual([]);
    expect(missing.map(({ resource }) => resource)).toEqual(['arn:aws:s3:::secret/a']);
  });
});
