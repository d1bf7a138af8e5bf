import { describe, expect, test } from 'vitest';
import { compilePolicy } from '@/lib/languages/iam-policy/compile-policy.ts';
import { explain } from '@/lib/languages/iam-policy/explain.ts';
import { parsePolicy } from '@/lib/languages/iam-policy/parse-policy.ts';
import { stagesOf } from './reason-stages';
import { fitsTypes } from './resource-fit';

const raw = 'arn:aws:s3:::raw';
const roleArn = 'arn:aws:iam::000000000000:role/lacustre-analyst';

function policy(name: string, kind: 'identity' | 'resource', ...Statement: object[]) {
  return compilePolicy(name, parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement }), kind));
}
const allow = (Sid: string, Action: string, Resource: string, rest = {}) => ({
  Sid,
  Effect: 'Allow',
  Action,
  Resource,
  ...rest,
});

function stages(sets: Parameters<typeof explain>[1], keys: Record<string, string[]> = {}) {
  const explanation = explain(
    {
      principal: {
        arn: 'arn:aws:sts::000000000000:assumed-role/lacustre-analyst/ada',
        accountId: '000000000000',
        roleArn,
      },
      action: 's3:GetObject',
      resource: `${raw}/sales/a.csv`,
      lookup: (key) => keys[key],
    },
    sets,
  );
  return Object.fromEntries(stagesOf(explanation).map((stage) => [stage.name, stage]));
}

describe('stagesOf', () => {
  test('shows first what is nearest to the request, and other actions apart', () => {
    const { identity, boundary } = stages(
      {
        identity: [
          policy(
            'own',
            'identity',
            allow('Lists', 's3:ListBucket', raw),
            allow('Elsewhere', 's3:GetObject', 'arn:aws:s3:::results/*'),
            allow('OnlyHome', 's3:GetObject', `${raw}/*`, {
              Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
            }),
          ),
        ],
      },
      { 'aws:sourceip': ['192.0.2.1'] },
    );
    expect(identity?.verdict).toBe('missing');
    expect(identity?.near.map(({ step }) => [step.sid, step.outcome])).toEqual([
      ['OnlyHome', 'condition'],
      ['Elsewhere', 'resource'],
    ]);
    expect(identity?.near[0]?.step.condition).toMatchObject({
      key: 'aws:SourceIp',
      wanted: ['10.0.0.0/8'],
      found: ['192.0.2.1'],
    });
    expect(identity?.far.map(({ step }) => step.sid)).toEqual(['Lists']);
    expect(boundary).toMatchObject({ verdict: 'none', near: [], far: [] });
  });

  test('a deny of a bucket decides before what allows', () => {
    const found = stages({
      identity: [policy('own', 'identity', allow('Reads', 's3:*', '*'))],
      resource: policy('raw', 'resource', {
        Sid: 'Closed',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: `${raw}/*`,
      }),
    });
    expect(found.denies).toMatchObject({ verdict: 'denied', near: [{ step: { sid: 'Closed', source: 'resource' } }] });
    expect(found.identity?.verdict).toBe('allowed');
  });

  test('a boundary that does not allow is what is missing', () => {
    const found = stages({
      identity: [policy('own', 'identity', allow('Reads', 's3:*', '*'))],
      boundary: policy('limit', 'identity', allow('Glue', 'glue:*', '*')),
    });
    expect([found.identity?.verdict, found.boundary?.verdict]).toEqual(['allowed', 'missing']);
  });
});

describe('fitsTypes', () => {
  const object = { name: 'object', arn: 'arn:${Partition}:s3:::${BucketName}/${ObjectName}' };
  const bucket = { name: 'bucket', arn: 'arn:${Partition}:s3:::${BucketName}' };
  test.each([
    [`${raw}/sales/a.csv`, [object], true],
    [raw, [object], false],
    [raw, [bucket], true],
    [`${raw}/a`, [bucket], false],
    ['*', [], true],
    [raw, [], false],
    [
      'arn:aws:glue:eu-west-3:000000000000:table/retail/sales',
      [{ name: 'table', arn: 'arn:${Partition}:glue:${Region}:${Account}:table/${DatabaseName}/${TableName}' }],
      true,
    ],
  ])('%s is one of %o: %s', (resource, types, fits) => {
    expect(fitsTypes(resource, types)).toBe(fits);
  });
});
