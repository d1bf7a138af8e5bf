import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CompiledPolicy, compilePolicy } from './compile-policy.ts';
import { evaluate, type PolicyRequest, type PolicySet } from './evaluate.ts';
import { explain } from './explain.ts';
import type { Explanation, ExplanationStep } from './explanation.ts';
import { parsePolicy } from './parse-policy.ts';
import type { PolicyKind } from './policy.ts';
import { ANA, LAMBDA, OTHER_SESSION, ROLE_ARN, ROOT, ROOT_ARN, SESSION } from './testing/cases/people.ts';

/** A world so small that statements often meet requests. */
const ACTIONS = ['s3:GetObject', 's3:PutObject', 'glue:GetTable'];
const RESOURCES = ['arn:aws:s3:::lake/a', 'arn:aws:s3:::lake/b', 'arn:aws:glue:eu-west-3:111122223333:table/db/a'];

const some = (values: string[]) => fc.subarray(values, { minLength: 1 });
const action = fc.oneof(
  some([...ACTIONS, 's3:*', '*']).map((Action) => ({ Action })),
  some([...ACTIONS, 's3:*']).map((NotAction) => ({ NotAction })),
);
const patterns = [...RESOURCES, '*', 'arn:aws:s3:::lake/*', 'arn:aws:s3:::lake/${aws:username}', 'arn:aws:glue:*:*:*'];
const resource = fc.oneof(
  some(patterns).map((Resource) => ({ Resource })),
  some(patterns).map((NotResource) => ({ NotResource })),
);
const operator = fc.constantFrom(
  'StringEquals',
  'StringNotEquals',
  'StringLikeIfExists',
  'ForAllValues:StringEquals',
  'ForAnyValue:StringNotLike',
  'NumericLessThan',
  'Bool',
  'Null',
);
const value = fc.constantFrom('a', 'b', '1', 'true', '*', '${aws:username}', '');
const condition = fc.oneof(
  { weight: 2, arbitrary: fc.constant({}) },
  fc
    .tuple(operator, fc.constantFrom('k', 'aws:username'), fc.array(value, { minLength: 1, maxLength: 2 }))
    .map(([name, key, values]) => ({ Condition: { [name]: { [key]: values } } })),
);
const named = fc.oneof(
  fc.constant('*'),
  some([ANA.arn, SESSION.arn, ROLE_ARN, ROOT_ARN]).map((AWS) => ({ AWS })),
  fc.constant({ Service: LAMBDA.arn }),
);
const effect = fc.constantFrom('Allow', 'Deny');
const parts = fc.tuple(action, resource, condition).map((all) => Object.assign({}, ...all) as object);
const statement = fc.tuple(effect, parts).map(([Effect, rest]) => ({ Effect, ...rest }));
const principal = (Effect: string) =>
  Effect === 'Allow'
    ? named.map((Principal): object => ({ Principal }))
    : fc.oneof(
        named.map((Principal): object => ({ Principal })),
        named.map((NotPrincipal): object => ({ NotPrincipal })),
      );
const resourceStatement = effect.chain((Effect) =>
  fc.tuple(parts, principal(Effect)).map(([rest, who]) => ({ Effect, ...rest, ...who })),
);

type Statements = object[];
const statements = fc.array(statement, { minLength: 1, maxLength: 4 });
const maybe = (one: fc.Arbitrary<Statements>) => fc.option(one, { nil: undefined });
const world = fc.record({
  identity: fc.array(statements, { maxLength: 3 }),
  resource: maybe(fc.array(resourceStatement, { minLength: 1, maxLength: 4 })),
  boundary: maybe(statements),
  session: maybe(statements),
});
type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

const request = fc
  .record({
    principal: fc.constantFrom(ANA, ROOT, SESSION, OTHER_SESSION, LAMBDA),
    action: fc.constantFrom(...ACTIONS),
    resource: fc.constantFrom(...RESOURCES, '*'),
    context: fc.record({ k: fc.array(value, { maxLength: 2 }), 'aws:username': fc.array(fc.constantFrom('a', 'b')) }),
  })
  .map(({ context, ...rest }): PolicyRequest => ({ ...rest, lookup: (key) => context[key as keyof typeof context] }));

const compile = (name: string, kind: PolicyKind, list: Statements): CompiledPolicy =>
  compilePolicy(name, parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: list }), kind));

function policiesOf({ identity, resource, boundary, session }: World): PolicySet {
  return {
    identity: identity.map((list, at) => compile(`identity ${at}`, 'identity', list)),
    ...(resource && { resource: compile('resource', 'resource', resource) }),
    ...(boundary && { boundary: compile('boundary', 'identity', boundary) }),
    ...(session && { session: compile('session', 'identity', session) }),
  };
}

const decide = (asked: PolicyRequest, all: World) => evaluate(asked, policiesOf(all)).result;
const holds = <T extends unknown[]>(property: fc.IPropertyWithHooks<T>) => fc.assert(property, { numRuns: 400 });

describe('for any policies and any request', () => {
  it('one more deny never allows', () => {
    const kind = fc.constantFrom('identity', 'resource', 'boundary', 'session');
    holds(
      fc.property(world, request, parts, named, kind, (all, asked, rest, who, where) => {
        const deny = { Effect: 'Deny' as const, ...rest };
        const more: World =
          where === 'identity'
            ? { ...all, identity: [...all.identity, [deny]] }
            : where === 'resource'
              ? { ...all, resource: [...(all.resource ?? []), { ...deny, Principal: who }] }
              : { ...all, [where]: [...(all[where as 'boundary'] ?? []), deny] };
        if (decide(asked, more) === 'allowed') expect(decide(asked, all)).toBe('allowed');
      }),
    );
  });

  it('one more allow of the identity never denies', () => {
    holds(
      fc.property(world, request, parts, (all, asked, rest) => {
        const more = { ...all, identity: [...all.identity, [{ Effect: 'Allow' as const, ...rest }]] };
        if (decide(asked, all) === 'allowed') expect(decide(asked, more)).toBe('allowed');
      }),
    );
  });

  it('the order of policies and statements does not matter', () => {
    const reversed = (list: Statements | undefined) => list?.toReversed();
    holds(
      fc.property(world, request, (all, asked) => {
        const turned: World = {
          identity: all.identity.toReversed().map((list) => list.toReversed()),
          resource: reversed(all.resource),
          boundary: reversed(all.boundary),
          session: reversed(all.session),
        };
        expect(decide(asked, turned)).toBe(decide(asked, all));
      }),
    );
  });

  it('a boundary or a session policy only narrows', () => {
    holds(
      fc.property(world, request, statements, fc.constantFrom('boundary', 'session'), (all, asked, list, where) => {
        const without = { ...all, [where]: undefined };
        if (decide(asked, { ...all, [where]: list }) === 'allowed') expect(decide(asked, without)).toBe('allowed');
      }),
    );
  });

  it('what splits a policy into several changes nothing', () => {
    holds(
      fc.property(world, request, (all, asked) => {
        const split = { ...all, identity: all.identity.flatMap((list) => list.map((one) => [one])) };
        expect(decide(asked, split)).toBe(decide(asked, all));
      }),
    );
  });

  it('the explanation decides as the evaluator does, and its steps say why', () => {
    holds(
      fc.property(world, request, (all, asked) => {
        const policies = policiesOf(all);
        const explanation = explain(asked, policies);
        expect(explanation.decision).toEqual(evaluate(asked, policies));
        expect(resultOf(explanation, asked, all)).toBe(explanation.decision.result);
        const { by, source } = explanation.decision;
        const deciding = by && { policy: by.policy, index: by.index, source, outcome: 'applies' };
        if (deciding) expect(explanation.steps).toContainEqual(expect.objectContaining(deciding));
      }),
    );
  });

  it('a condition that failed is told with what the request has', () => {
    holds(
      fc.property(world, request, (all, asked) => {
        const failed = explain(asked, policiesOf(all)).steps.filter(({ outcome }) => outcome === 'condition');
        for (const { condition } of failed) {
          expect(condition?.found).toEqual(asked.lookup(condition?.key.toLowerCase() ?? '') ?? []);
        }
      }),
    );
  });
});

/** The decision again, from nothing but the steps. */
function resultOf(
  { steps }: Explanation,
  { principal }: PolicyRequest,
  { boundary, session, resource }: World,
): string {
  const applying = steps.filter(({ outcome }) => outcome === 'applies');
  if (applying.some((step) => step.effect === 'Deny')) return 'explicitDeny';
  const allows = (source: ExplanationStep['source']) => applying.filter((step) => step.source === source);
  const own = allows('resource').filter(({ isLeftToAccount }) => !isLeftToAccount);
  const nameOf = ({ index }: ExplanationStep) => JSON.stringify(resource?.[index] ?? {});
  const isDirect = (step: ExplanationStep) =>
    !principal.roleArn || nameOf(step).includes('"Principal":"*"') || nameOf(step).includes(principal.arn);
  if (own.some(isDirect)) return 'allowed';
  if (own.length === 0 && allows('identity').length === 0) return 'implicitDeny';
  const isWithin = (source: 'boundary' | 'session', policy: Statements | undefined) =>
    policy === undefined || allows(source).length > 0;
  return isWithin('boundary', boundary) && isWithin('session', session) ? 'allowed' : 'implicitDeny';
}
