import type { CompiledPolicy, CompiledStatement } from './compile-policy.ts';
import { asList, evaluate, type PolicyRequest, type PolicySet, type PolicySource } from './evaluate.ts';
import type { Explanation, ExplanationStep } from './explanation.ts';
import { matchPrincipal, type PrincipalMatch } from './principal.ts';

/** Decides as `evaluate` does, and says of each statement what became of it, in the order in which AWS asks. */
export function explain(request: PolicyRequest, policies: PolicySet): Explanation {
  const { identity, resource, trust, boundary, session } = policies;
  const hasBoundary = boundary !== undefined;
  const ofAll = (source: PolicySource, some: readonly (CompiledPolicy | undefined)[]): ExplanationStep[] =>
    some.flatMap((policy) => {
      if (!policy) return [];
      return policy.statements.map((statement) =>
        explainStatement(request, source, policy.name, statement, hasBoundary),
      );
    });
  return {
    decision: evaluate(request, policies),
    steps: [
      ...ofAll('resource', [resource ?? trust]),
      ...ofAll('identity', identity),
      ...ofAll('boundary', [boundary]),
      ...ofAll('session', session ? asList(session) : []),
    ],
  };
}

function explainStatement(
  request: PolicyRequest,
  source: PolicySource,
  policy: string,
  compiled: CompiledStatement,
  hasBoundary: boolean,
): ExplanationStep {
  const { statement, index } = compiled;
  const match = source === 'resource' ? matchPrincipal(statement, request.principal, hasBoundary) : 'principal';
  return {
    source,
    policy,
    index,
    ...(statement.sid !== undefined && { sid: statement.sid }),
    effect: statement.effect,
    ...outcomeOf(request, compiled, match),
    ...(match === 'account' && statement.effect === 'Allow' && { isLeftToAccount: true }),
  };
}

function outcomeOf(
  { action, resource, lookup }: PolicyRequest,
  compiled: CompiledStatement,
  match: PrincipalMatch,
): Pick<ExplanationStep, 'outcome' | 'condition'> {
  if (!compiled.isAbout(action)) return { outcome: 'action' };
  if (!match) return { outcome: 'principal' };
  if (!compiled.covers(resource, lookup)) return { outcome: 'resource' };
  const failed = compiled.statement.conditions.find((_, at) => !compiled.conditions[at]?.(lookup));
  if (!failed) return { outcome: 'applies' };
  const { operator, key, values: wanted } = failed;
  return { outcome: 'condition', condition: { operator, key, wanted, found: lookup(key.toLowerCase()) ?? [] } };
}
