import { describe, expect, it } from 'vitest';
import { compilePolicy } from './compile-policy.ts';
import { type Decision, evaluate, type PolicySet } from './evaluate.ts';
import type { ExplanationStep } from './explanation.ts';
import { parsePolicy } from './parse-policy.ts';
import { smallestChange } from './smallest-change.ts';

const ACCOUNT = '111111111111';
const REQUEST = { action: 's3:GetObject', resource: 'arn:aws:s3:::lake/sales/a*.csv' };
const glue = (resource: string) => `arn:aws:glue:eu-west-3:${ACCOUNT}:${resource}`;

const implicit = (source: Decision['source'] = 'identity'): Decision => ({ result: 'implicitDeny', source });
const step = (given: Partial<ExplanationStep>): ExplanationStep => ({
  source: 'identity',
  policy: 'own',
  index: 0,
  effect: 'Allow',
  outcome: 'action',
  ...given,
});

function allows(statements: unknown[], action: string, resource: string): boolean {
  const policy = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: statements }), 'identity');
  const policies: PolicySet = { identity: [compilePolicy('p', policy)] };
  const principal = { arn: `arn:aws:sts::${ACCOUNT}:assumed-role/a/b`, accountId: ACCOUNT };
  return evaluate({ principal, action, resource, lookup: () => undefined }, policies).result === 'allowed';
}

const statementOf = (change: ReturnType<typeof smallestChange>) => JSON.parse(change?.statement ?? 'null') as unknown;

describe('the smallest change', () => {
  it('adds a statement for this request alone, whatever characters its name has', () => {
    const change = smallestChange(REQUEST, { decision: implicit(), steps: [step({}), step({ outcome: 'condition' })] });
    expect(change).toMatchObject({ kind: 'add' });
    expect(change?.policy).toBeUndefined();
    expect(allows([statementOf(change)], REQUEST.action, REQUEST.resource)).toBe(true);
    expect(allows([statementOf(change)], REQUEST.action, 'arn:aws:s3:::lake/sales/ab.csv')).toBe(false);
    expect(allows([statementOf(change)], 's3:PutObject', REQUEST.resource)).toBe(false);
  });

  it('comes with the catalog and the database of a table', () => {
    const request = { action: 'glue:GetTable', resource: glue('table/retail/sales') };
    const statement = statementOf(smallestChange(request, { decision: implicit(), steps: [] }));
    for (const resource of ['catalog', 'database/retail', 'table/retail/sales'].map(glue)) {
      expect(allows([statement], request.action, resource)).toBe(true);
    }
    expect(allows([statement], request.action, glue('table/retail/orders'))).toBe(false);
  });

  it('names the statement that allows the action on something else', () => {
    const near = step({ policy: 'SeeTables', index: 3, outcome: 'resource' });
    const steps = [
      step({ source: 'resource', outcome: 'resource' }),
      step({ effect: 'Deny', outcome: 'resource' }),
      near,
    ];
    expect(smallestChange(REQUEST, { decision: implicit(), steps })).toMatchObject({
      kind: 'extendStatement',
      policy: 'SeeTables',
      index: 3,
    });
  });

  it('takes a denial out, and adds what is allowed by nothing', () => {
    const decision: Decision = { result: 'explicitDeny', source: 'identity', by: { policy: 'guard', index: 1 } };
    const deny = step({ policy: 'guard', index: 1, effect: 'Deny', outcome: 'applies' });
    const denied = smallestChange(REQUEST, { decision, steps: [deny, step({ outcome: 'applies' })] });
    expect(denied).toEqual({ kind: 'removeDeny', policy: 'guard', index: 1 });
    expect(statementOf(smallestChange(REQUEST, { decision, steps: [deny] }))).toMatchObject({
      Action: ['s3:GetObject'],
    });
  });

  it.each([
    ['boundary', 'widenBoundary'],
    ['session', 'widenSession'],
  ] as const)('widens the %s that narrows the role', (source, kind) => {
    const steps = [step({ outcome: 'applies' }), step({ source, policy: 'limit' })];
    const change = smallestChange(REQUEST, { decision: implicit(source), steps });
    expect(change).toMatchObject({ kind, policy: 'limit' });
    expect(statementOf(change)).toMatchObject({ Sid: 'ReadObjects', Effect: 'Allow' });
  });

  it('is none where the request is allowed', () => {
    const decision: Decision = { result: 'allowed', source: 'identity', by: { policy: 'own', index: 0 } };
    expect(smallestChange(REQUEST, { decision, steps: [] })).toBeUndefined();
  });
});
