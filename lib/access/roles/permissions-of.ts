import { actionWord } from '@/lib/languages/iam-policy/action-words.ts';
import { matchedActions } from '@/lib/languages/iam-policy/findings/catalog-actions.ts';
import { isFor } from '@/lib/languages/iam-policy/is-for.ts';
import type { Statement } from '@/lib/languages/iam-policy/policy.ts';
import { describeStatement } from '@/lib/languages/iam-policy/words.ts';
import { Decider } from '../decider';
import type { PrincipalPolicies } from '../read-principal';
import { parsed } from './policy-statements';
import type { Permission, RoleDetails, StatementRef } from './schemas';

interface Grant {
  service: string;
  statement: Statement;
  by: StatementRef[];
}

/**
 * What a role may do, from all its policies together: one entry for what is done in one service under the same
 * conditions, with all the resources it may be done to. What a boundary or a deny takes away again is marked, by the same
 * evaluation as that of a request. Policies of buckets are not asked.
 */
export function permissionsOf(principal: PrincipalPolicies): RoleDetails['permissions'] {
  const decider = new Decider(principal, new Map());
  const grants = new Map<string, Grant>();
  for (const policy of principal.identity) {
    (parsed(policy)?.statements ?? []).forEach((statement, index) => {
      if (statement.effect !== 'Allow') return;
      const by = { policy: policy.name, index, ...(statement.sid ? { sid: statement.sid } : {}) };
      for (const part of partsOf(statement)) merge(grants, part, by);
    });
  }
  const items = [...grants.values()].map((grant) => ({ service: grant.service, ...permission(grant, decider) }));
  return [...Map.groupBy(items, ({ service }) => service)]
    .map(([service, found]) => ({ service, items: found.map(({ service: _, ...item }) => item) }))
    .sort((a, b) => a.service.localeCompare(b.service));
}

interface Part {
  key: string;
  service: string;
  statement: Statement;
}

/** A statement for each thing that it allows; one with NotAction or NotResource says more than a list can, and stays whole. */
function partsOf(statement: Statement): Part[] {
  const { actions, resources, conditions } = statement;
  if (actions.not || resources?.not) return [{ key: JSON.stringify(statement), service: '*', statement }];
  const words = Map.groupBy(actions.values, (action) => `${serviceOf(action)} ${actionWord(action)}`);
  return [...words].map(([word, values]) => ({
    key: `${word} ${JSON.stringify(conditions)}`,
    service: serviceOf(values[0] ?? ''),
    statement: {
      ...statement,
      actions: { not: false, values },
      resources: { not: false, values: ownOf(values, statement) },
    },
  }));
}

/** A statement's resources are for all its actions together: of some actions, those that can be theirs. */
function ownOf(actions: readonly string[], { resources }: Statement): string[] {
  const all = resources?.values ?? [];
  const known = actions.map(matchedActions);
  const own = all.filter((resource) =>
    known.some((found) => !found || found.some((action) => isFor(action, resource))),
  );
  // Where none is, the statement is a mistake, which findings tell of: it is shown as it is.
  return own.length > 0 ? own : all;
}

const serviceOf = (action: string) => (action.includes(':') ? action.split(':')[0]?.toLowerCase() : '') || '*';

function merge(grants: Map<string, Grant>, { key, service, statement }: Part, by: StatementRef): void {
  const known = grants.get(key);
  if (!known) {
    grants.set(key, { service, statement, by: [by] });
    return;
  }
  const { actions, resources } = known.statement;
  known.by.push(by);
  known.statement = {
    ...known.statement,
    actions: { not: false, values: union(actions.values, statement.actions.values) },
    resources: { not: false, values: union(resources?.values ?? [], statement.resources?.values ?? []) },
  };
}

const union = (one: readonly string[], other: readonly string[]) => [...new Set([...one, ...other])];

function permission({ statement, by }: Grant, decider: Decider): Permission {
  const phrases = describeStatement(statement).filter(({ part }) => part !== 'effect');
  return { phrases, by, reach: reachOf(statement, decider) };
}

/** What a star may stand for. */
const example = (pattern: string) => pattern.replaceAll('*', 'example').replaceAll('?', 'x');

function reachOf({ actions, resources, conditions }: Statement, decider: Decider): Permission['reach'] {
  // Whether a condition holds is known with the request.
  if (conditions.length > 0 || actions.not || resources?.not) return 'whole';
  const requests = actions.values.flatMap((action) =>
    (resources?.values ?? []).map((resource) => ({ action: example(action), resource: example(resource) })),
  );
  const taken = requests.filter((request) => isTakenAway(decider.decide(request)));
  if (taken.length === 0) return 'whole';
  return taken.length === requests.length ? 'none' : 'part';
}

/** No identity policy is asked here but the one that allows: denied is what a deny or a boundary denies. */
function isTakenAway({ result, source }: ReturnType<Decider['decide']>): boolean {
  return result === 'explicitDeny' || (result === 'implicitDeny' && source !== 'identity');
}
