import { describe, expect, it } from 'vitest';
import { compilePolicy } from './compile-policy.ts';
import { evaluate, type PolicySet } from './evaluate.ts';
import { explain } from './explain.ts';
import { parsePolicy } from './parse-policy.ts';
import type { PolicyKind } from './policy.ts';
import { ADDRESS_CASES } from './testing/cases/addresses.ts';
import { DECISION_CASES } from './testing/cases/decisions.ts';
import { ACTION_CASES, RESOURCE_CASES } from './testing/cases/elements.ts';
import { KEY_CASES } from './testing/cases/keys.ts';
import { MALFORMED_CASES } from './testing/cases/malformed.ts';
import { ANA } from './testing/cases/people.ts';
import { STRING_CASES } from './testing/cases/strings.ts';
import { TRUST_CASES } from './testing/cases/trust.ts';
import { VALUE_CASES } from './testing/cases/values.ts';
import { VARIABLE_CONDITIONS, VARIABLE_RESOURCES } from './testing/cases/variables.ts';
import type { CaseGroup, Context, DecisionCase, StatementLike } from './testing/decision-case.ts';

const LAKE = 'arn:aws:s3:::lake/a.csv';

function compile(kind: PolicyKind, statements: StatementLike[], version?: string) {
  const filled = statements.map((statement) => ({
    Effect: 'Allow',
    ...(!statement.NotAction && { Action: '*' }),
    ...(kind !== 'trust' && !statement.NotResource && { Resource: '*' }),
    ...statement,
  }));
  const document = JSON.stringify({ Version: version ?? '2012-10-17', Statement: filled });
  return compilePolicy(kind, parsePolicy(document, kind));
}

function requestOf(who: DecisionCase['who'], action: string, resource: string, context: Context = {}) {
  const lookup = (key: string) => (context[key] === undefined ? undefined : [context[key]].flat());
  return { principal: who, action, resource, lookup };
}

/** Whether one statement of an identity policy is for the request: it then allows, or denies as its opposite would. */
function isFor(statement: StatementLike, action: string, resource: string, context: Context = {}): boolean {
  const request = requestOf(ANA, action, resource, context);
  const { result } = evaluate(request, { identity: [compile('identity', [statement])] });
  const opposite = evaluate(request, { identity: [compile('identity', [{ ...statement, Effect: 'Deny' }])] });
  expect(opposite.result === 'explicitDeny').toBe(result === 'allowed');
  return result === 'allowed';
}

function each<Case>(groups: CaseGroup<Case>[], nameOf: (one: Case) => string, check: (one: Case) => void): void {
  for (const { about, page, cases } of groups) {
    describe(`${about} (${page})`, () =>
      it.each(cases.map((one) => [nameOf(one), one] as const))('%s', (_, one) => check(one)));
  }
}

describe('conditions', () => {
  const groups = [...STRING_CASES, ...VALUE_CASES, ...ADDRESS_CASES, ...KEY_CASES, ...VARIABLE_CONDITIONS];
  each(
    groups,
    ([name]) => name,
    ([, Condition, context, holds]) => {
      expect(isFor({ Condition }, 's3:ListBucket', LAKE, context)).toBe(holds);
    },
  );
});

describe('actions', () => {
  each(
    ACTION_CASES,
    ([name]) => name,
    ([, element, action, isAbout]) => {
      expect(isFor({ ...element }, action, LAKE)).toBe(isAbout);
    },
  );
});

describe('resources', () => {
  each(
    [...RESOURCE_CASES, ...VARIABLE_RESOURCES],
    ([name]) => name,
    ([, element, resource, covers, context]) => {
      expect(isFor({ ...element }, 's3:GetObject', resource, context)).toBe(covers);
    },
  );
});

describe('decisions', () => {
  each(
    [...DECISION_CASES, ...TRUST_CASES],
    ({ name }) => name,
    (one) => {
      const kinds = ['resource', 'trust', 'boundary', 'session'] as const;
      const own = one.identity?.length ? [compile('identity', one.identity, one.version)] : [];
      const policies: PolicySet = { identity: own };
      for (const kind of kinds) {
        const statements = one[kind];
        if (statements) policies[kind] = compile(kind === 'boundary' ? 'identity' : kind, statements);
      }
      const request = requestOf(one.who, one.action ?? 's3:GetObject', one.on ?? LAKE, one.context);
      expect(evaluate(request, policies)).toMatchObject({ result: one.result, source: one.source });
      expect(explain(request, policies).decision).toEqual(evaluate(request, policies));
    },
  );
});

describe('malformed policies', () => {
  each(
    MALFORMED_CASES,
    ([name]) => name,
    ([, kind, document, message]) => {
      expect(() => parsePolicy(JSON.stringify(document), kind)).toThrow(message);
    },
  );
  it('that are not JSON', () => {
    expect(() => parsePolicy('{', 'identity')).toThrow(/^the policy is not JSON/);
  });
});

it('has more than three hundred cases', () => {
  const all = [
    STRING_CASES,
    VALUE_CASES,
    ADDRESS_CASES,
    KEY_CASES,
    VARIABLE_CONDITIONS,
    VARIABLE_RESOURCES,
    ACTION_CASES,
    RESOURCE_CASES,
    DECISION_CASES,
    TRUST_CASES,
    MALFORMED_CASES,
  ];
  const count = all.flat().reduce((sum, { cases }) => sum + cases.length, 0);
  expect(count).toBeGreaterThan(300);
});
