import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePolicy } from './compile-policy.ts';
import { evaluate } from './evaluate.ts';
import { findFindings } from './findings.ts';
import { minimalPolicy, type PolicyJson, policySize, splitPolicy } from './minimal-policy.ts';
import type { ObservedCall } from './observed-call.ts';
import { parsePolicy } from './parse-policy.ts';
import { anyCovers } from './pattern-cover.ts';
import { requiredResources } from './required-resources.ts';

const ACCOUNT = '111111111111';
const roleArn = `arn:aws:iam::${ACCOUNT}:role/lacustre-validate-role`;
const glue = (resource: string) => `arn:aws:glue:eu-west-3:${ACCOUNT}:${resource}`;
const call = (action: string, resource: string, deniedCount = 0): ObservedCall => ({
  roleArn,
  action,
  resource,
  count: 2,
  lastAt: '2026-11-26T08:00:00Z',
  deniedCount,
});

function allows(policy: PolicyJson, action: string, resource: string): boolean {
  if (policy.Statement.length === 0) return false;
  const principal = { arn: `arn:aws:sts::${ACCOUNT}:assumed-role/x/y`, accountId: ACCOUNT };
  const identity = [compilePolicy('minimal', parsePolicy(JSON.stringify(policy), 'identity'))];
  return evaluate({ principal, action, resource, lookup: () => undefined }, { identity }).result === 'allowed';
}

describe('the minimal policy', () => {
  it('folds files to the folders they are in, and says what it allows', () => {
    const files = ['sales/2026/a.csv', 'sales/2027/b.csv', 'orders/c.csv'].map((key) => `arn:aws:s3:::raw/${key}`);
    const calls = [
      ...files.map((file) => call('s3:GetObject', file)),
      ...files.map((file) => call('s3:GetObjectVersion', file)),
      call('s3:ListBucket', 'arn:aws:s3:::raw'),
      call('s3:PutObject', 'arn:aws:s3:::results/runs/1.json'),
    ];
    expect(minimalPolicy(calls)).toEqual({
      Version: '2012-10-17',
      Statement: [
        { Sid: 'ListBucket', Effect: 'Allow', Action: ['s3:ListBucket'], Resource: ['arn:aws:s3:::raw'] },
        {
          Sid: 'ReadObjects',
          Effect: 'Allow',
          Action: ['s3:GetObject', 's3:GetObjectVersion'],
          Resource: ['arn:aws:s3:::raw/orders/*', 'arn:aws:s3:::raw/sales/*'],
        },
        { Sid: 'WriteObjects', Effect: 'Allow', Action: ['s3:PutObject'], Resource: ['arn:aws:s3:::results/runs/*'] },
      ],
    });
  });

  it('keeps the lake’s own documents apart, and never leaves the bucket', () => {
    const keys = ['_lake/contracts/sales.json', '_lake/files/sales/1.json', 'note.txt'];
    const resources = (calls: ObservedCall[]) => minimalPolicy(calls).Statement.flatMap(({ Resource }) => Resource);
    expect(resources(keys.map((key) => call('s3:GetObject', `arn:aws:s3:::processed/${key}`)))).toEqual([
      'arn:aws:s3:::processed/_lake/contracts/*',
      'arn:aws:s3:::processed/_lake/files/*',
      'arn:aws:s3:::processed/note.txt',
    ]);
    const many = Array.from({ length: 40 }, (_, index) => call('s3:GetObject', `arn:aws:s3:::raw/d${index}/a.csv`));
    expect(resources(many)).toEqual(['arn:aws:s3:::raw/*']);
  });

  it('comes with the catalog and the database that Glue asks for beside a table', () => {
    const [statement, ...others] = minimalPolicy([
      call('glue:GetTable', glue('table/retail/sales')),
      call('glue:GetTable', glue('table/retail/orders')),
    ]).Statement;
    expect(others).toEqual([]);
    expect(statement?.Resource).toEqual(
      ['catalog', 'database/retail', 'table/retail/orders', 'table/retail/sales'].map(glue),
    );
  });

  it('makes one pattern of what is new with each run', () => {
    const run = (id: string) => `arn:aws:states:eu-west-3:${ACCOUNT}:execution:lacustre-ingest:${id}`;
    const stream = (id: string) => `arn:aws:logs:eu-west-3:${ACCOUNT}:log-group:/aws/lambda/v:log-stream:${id}`;
    const { Statement } = minimalPolicy([
      ...['a', 'b'].map((id) => call('states:DescribeExecution', run(id))),
      ...['2026/1', '2026/2'].map((id) => call('logs:PutLogEvents', stream(id))),
    ]);
    expect(Statement.flatMap(({ Resource }) => Resource)).toEqual([stream('*'), run('*')]);
  });

  it('names many functions by what their names have in common', () => {
    const name = (index: number) => `arn:aws:lambda:eu-west-3:${ACCOUNT}:function:lacustre-f${index}`;
    const calls = Array.from({ length: 12 }, (_, index) => call('lambda:InvokeFunction', name(index)));
    expect(minimalPolicy(calls).Statement[0]?.Resource).toEqual([
      `arn:aws:lambda:eu-west-3:${ACCOUNT}:function:lacustre-*`,
    ]);
  });

  it('leaves out what was always refused, and keeps what was refused at first', () => {
    const calls = [call('s3:GetObject', 'arn:aws:s3:::raw/a/b', 2), call('s3:PutObject', 'arn:aws:s3:::raw/a/b', 1)];
    expect(minimalPolicy(calls).Statement.flatMap(({ Action }) => Action)).toEqual(['s3:PutObject']);
    expect(minimalPolicy([]).Statement).toEqual([]);
  });

  it('is nowhere wider than today’s policies, where they are given', () => {
    const calls = ['quality/evaluations/1.json', 'quality/evaluations/2.json', 'notes/a'].map((key) =>
      call('s3:PutObject', `arn:aws:s3:::results/${key}`),
    );
    const today = ['quality/*', 'quality/evaluations/*', 'quality/reports/*', 'notes/*'].map((key, index) => ({
      Effect: 'Allow',
      // The widest is for reading alone.
      Action: index === 0 ? 's3:GetObject' : 's3:PutObject',
      Resource: `arn:aws:s3:::results/${key}`,
    }));
    const resources = (given: string[]) => minimalPolicy(calls, given).Statement.flatMap(({ Resource }) => Resource);
    expect(resources([])).toEqual(['arn:aws:s3:::results/notes/*', 'arn:aws:s3:::results/quality/*']);
    expect(resources([JSON.stringify({ Version: '2012-10-17', Statement: today })])).toEqual([
      'arn:aws:s3:::results/notes/*',
      'arn:aws:s3:::results/quality/evaluations/*',
    ]);
  });

  it('has no finding of its own', () => {
    const calls = [
      call('s3:GetObject', 'arn:aws:s3:::raw/sales/1.csv'),
      call('s3:ListBucket', 'arn:aws:s3:::raw'),
      call('s3:ListAllMyBuckets', '*'),
      call('glue:GetTables', glue('database/retail')),
      call('glue:UpdateTable', glue('table/retail/sales')),
      call('states:StartExecution', `arn:aws:states:eu-west-3:${ACCOUNT}:stateMachine:ingest`),
      call('logs:PutLogEvents', `arn:aws:logs:eu-west-3:${ACCOUNT}:log-group:/aws/lambda/v:log-stream:1`),
      call('athena:StartQueryExecution', `arn:aws:athena:eu-west-3:${ACCOUNT}:workgroup/lacustre`),
    ];
    const text = JSON.stringify(minimalPolicy(calls));
    const roleName = roleArn.split('/').at(-1);
    expect(findFindings([{ name: 'minimal', kind: 'inline', roleName, text }], calls)).toEqual([]);
  });

  it('does not depend on the order of the calls', () => {
    const calls = ['b/1', 'a/2', 'c'].flatMap((key) =>
      ['s3:GetObject', 's3:PutObject'].map((action) => call(action, `arn:aws:s3:::raw/${key}`)),
    );
    expect(minimalPolicy(calls.toReversed())).toEqual(minimalPolicy(calls));
  });

  it('takes stars and variables in names as the characters that they are', () => {
    const policy = minimalPolicy([call('s3:GetObject', 'arn:aws:s3:::raw/a*${aws:username}?.csv')]);
    expect(allows(policy, 's3:GetObject', 'arn:aws:s3:::raw/a*${aws:username}?.csv')).toBe(true);
    expect(allows(policy, 's3:GetObject', 'arn:aws:s3:::raw/ab${aws:username}c.csv')).toBe(false);
  });

  it('fits a role’s inline policies, however much the role does', () => {
    const tables = Array.from({ length: 9 }, (_, index) => `table/database_${index}`).flatMap((start) =>
      Array.from({ length: 9 }, (_, index) => glue(`${start}/a_table_with_a_long_name_${index}`)),
    );
    const actions = ['GetTable', 'UpdateTable', 'DeleteTable', 'GetPartitions', 'BatchCreatePartition'];
    const calls = actions.flatMap((action, skipped) =>
      tables.slice(skipped).map((table) => call(`glue:${action}`, table)),
    );
    const policy = minimalPolicy(calls);
    expect(policySize(policy)).toBeLessThanOrEqual(10_240);
    for (const { action, resource } of calls) expect(allows(policy, action, resource)).toBe(true);
  });

  it('can be split into managed policies, in order', () => {
    const calls = Array.from({ length: 9 }, (_, index) => `arn:aws:s3:::bucket-${index}/${'folder'.repeat(20)}/a`);
    const policy = minimalPolicy(
      calls.flatMap((key, index) => [call('s3:GetObject', key), call('s3:PutObject', calls[index - 1] ?? key)]),
    );
    const parts = splitPolicy(policy, 1000);
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.flatMap(({ Statement }) => Statement)).toEqual(policy.Statement);
    expect(splitPolicy(policy)).toEqual([policy]);
  });
});

const name = fc.string({ unit: fc.constantFrom(...'ab-_*?${}é '), minLength: 1, maxLength: 6 });
const resources = fc.oneof(
  fc
    .tuple(name, fc.array(name, { minLength: 1, maxLength: 4 }))
    .map(([, parts]) => ['s3:GetObject', `arn:aws:s3:::raw/${parts.join('/')}`]),
  fc
    .tuple(fc.constantFrom('s3:PutObject', 's3:DeleteObject'), name)
    .map(([action, key]) => [action, `arn:aws:s3:::out/${key}/x`]),
  fc.constantFrom('raw', 'out').map((bucket) => ['s3:ListBucket', `arn:aws:s3:::${bucket}`]),
  fc
    .tuple(
      fc.constantFrom('glue:GetTable', 'glue:UpdateTable'),
      fc.constantFrom('a', 'b'),
      fc.constantFrom(...'cdefghijklmno'),
    )
    .map(([action, database, table]) => [action, glue(`table/${database}/${table}`)]),
  fc
    .constantFrom('glue:GetTables', 'glue:GetDatabase', 'glue:DeleteDatabase')
    .map((action) => [action, glue('database/a')]),
  fc.constantFrom('x', 'y', 'lake-1', 'lake-2').map((job) => ['glue:StartJobRun', glue(`job/${job}`)]),
  fc.constantFrom('sts:GetCallerIdentity', 's3:ListAllMyBuckets').map((action) => [action, '*']),
);
const observed = fc.array(
  fc
    .tuple(resources, fc.constantFrom(0, 0, 1, 2))
    .map(([[action = '', resource = ''], denied]) => call(action, resource, denied)),
  { maxLength: 30 },
);

describe('whatever a role was seen doing', () => {
  it('is allowed by its minimal policy, with all that the action needs', () => {
    fc.assert(
      fc.property(observed, (calls) => {
        const policy = minimalPolicy(calls);
        for (const { action, resource } of calls.filter(({ count, deniedCount }) => count > deniedCount)) {
          for (const each of requiredResources(action, resource)) expect(allows(policy, action, each)).toBe(true);
        }
      }),
    );
  });

  it('is not, without any one of its statements', () => {
    fc.assert(
      fc.property(observed, (calls) => {
        const { Version, Statement } = minimalPolicy(calls);
        const needed = calls.filter(({ count, deniedCount }) => count > deniedCount);
        for (const removed of Statement) {
          const rest = { Version, Statement: Statement.filter((statement) => statement !== removed) };
          const fails = needed.some(({ action, resource }) =>
            requiredResources(action, resource).some((each) => !allows(rest, action, each)),
          );
          expect(fails, removed.Sid).toBe(true);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('stays within today’s policies, and is still allowed', () => {
    const cut = fc.nat({ max: 3 });
    fc.assert(
      fc.property(fc.array(fc.tuple(observed, cut), { maxLength: 4 }), (parts) => {
        const calls = parts.flatMap(([some]) => some).filter(({ count, deniedCount }) => count > deniedCount);
        // Names of their own, or the beginnings of them that end in a separator.
        const today = parts.flatMap(([some, pieces]) =>
          some.flatMap(({ action, resource }) =>
            requiredResources(action, resource).map((each) => ({
              Effect: 'Allow',
              Action: action,
              Resource: shortened(each, pieces),
            })),
          ),
        );
        const policy = minimalPolicy(
          calls,
          today.map((statement) => JSON.stringify({ Version: '2012-10-17', Statement: statement })),
        );
        for (const { action, resource } of calls) {
          for (const each of requiredResources(action, resource)) expect(allows(policy, action, each)).toBe(true);
        }
        for (const { Action, Resource } of policy.Statement) {
          for (const action of Action) {
            const patterns = today.filter((each) => each.Action === action).map((each) => each.Resource);
            expect(Resource.filter((each) => !anyCovers(patterns, each))).toEqual([]);
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  it('keeps of today’s policies what no trail tells of, and that alone', () => {
    const logs = 'arn:aws:logs:eu-west-3:111111111111:log-group:/aws/lambda/a:*';
    const today = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:GetLogEvents'], Resource: logs },
        { Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: 'arn:aws:s3:::lake/*' },
      ],
    });
    const read = {
      roleArn: 'arn:aws:iam::111111111111:role/a',
      action: 's3:GetObject',
      resource: 'arn:aws:s3:::lake/x',
    };
    const calls = [{ ...read, count: 1, lastAt: '2026-11-26T08:00:00Z', deniedCount: 0 }];
    expect(minimalPolicy(calls, [today]).Statement.map(({ Action, Resource }) => [Action, Resource])).toEqual([
      [['logs:CreateLogStream', 'logs:PutLogEvents'], [logs]],
      [['s3:GetObject'], ['arn:aws:s3:::lake/x']],
    ]);
    expect(minimalPolicy([], [today]).Statement).toEqual([]);
  });
});

/** Without its last pieces: `…:::raw/a/b` is `…:::raw/a/*`. In the name of a file, `?` is for any one character. */
function shortened(resource: string, pieces: number): string {
  if (resource === '*' || resource.includes(':glue:')) return resource;
  const parts = resource.replaceAll(/[*?$]/g, '?').split(/(?<=[/])/);
  const kept = parts.slice(0, Math.max(1, parts.length - pieces));
  return kept.length === parts.length ? kept.join('') : `${kept.join('')}*`;
}
