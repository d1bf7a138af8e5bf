import type { PolicyJson, StatementJson } from './minimal-policy.ts';
import type { ObservedCall } from './observed-call.ts';
import { parsePolicy } from './parse-policy.ts';
import { anyCovers, covers, overlap } from './pattern-cover.ts';
import type { Statement } from './policy.ts';
import { requiredResources } from './required-resources.ts';

/** A statement of today's policies, and what of it is more than what was used. */
interface StatementPlace {
  /** Place of the policy among today's. */
  document: number;
  index: number;
  sid?: string;
}

export interface PolicyDifference {
  /** Actions that today's statements allow and nobody used; of `s3:Get*` those that were used are in `used`. */
  unusedActions: (StatementPlace & { actions: string[]; isWhole: boolean })[];
  /** Statements whose actions are used, on less than they allow. */
  widerResources: (StatementPlace & { actions: string[]; today: string[]; used: string[] })[];
  /** What was asked for and today's policies do not allow. */
  missing: { action: string; resource: string; deniedCount: number }[];
}

/**
 * Today's policies of a role against the least one; `calls` tell what was asked for and refused. Today's Deny statements
 * stay as they are: a least policy needs none.
 */
export function policyDifference(
  today: readonly string[],
  minimal: PolicyJson,
  calls: readonly ObservedCall[] = [],
): PolicyDifference {
  const allowing = today.flatMap((text, document) =>
    parsePolicy(text, 'identity').statements.flatMap((statement, index) =>
      statement.effect === 'Allow' ? [{ statement, place: { document, index, sid: statement.sid } }] : [],
    ),
  );
  return {
    unusedActions: allowing.flatMap(({ statement, place }) => unusedIn(statement, place, minimal)),
    widerResources: allowing.flatMap(({ statement, place }) => widerIn(statement, place, minimal)),
    missing: missingFrom(
      allowing.map(({ statement }) => statement),
      minimal,
      calls,
    ),
  };
}

/** The used actions that a pattern of today's is for. */
function usedBy(pattern: string, minimal: PolicyJson): StatementJson[] {
  return minimal.Statement.filter(({ Action }) =>
    Action.some((action) => covers(pattern, action, { ignoreCase: true })),
  );
}

function unusedIn({ actions, resources }: Statement, place: StatementPlace, minimal: PolicyJson) {
  // What NotAction allows cannot be listed.
  if (actions.not) return [];
  const used = (pattern: string) =>
    usedBy(pattern, minimal).some(({ Resource }) => Resource.some((resource) => mayConcern(resources, resource)));
  const unused = actions.values.filter((pattern) => !used(pattern));
  if (unused.length === 0) return [];
  return [{ ...place, actions: unused, isWhole: unused.length === actions.values.length }];
}

function mayConcern(resources: Statement['resources'], used: string): boolean {
  if (!resources) return true;
  return resources.not ? !anyCovers(resources.values, used) : resources.values.some((one) => overlap(one, used));
}

function widerIn({ actions, resources }: Statement, place: StatementPlace, minimal: PolicyJson) {
  if (!resources || resources.not || actions.not) return [];
  const concerned = minimal.Statement.filter(({ Action }) =>
    Action.some((action) => anyCovers(actions.values, action, { ignoreCase: true })),
  );
  const used = [...new Set(concerned.flatMap(({ Resource }) => Resource))].filter((one) => mayConcern(resources, one));
  if (used.length === 0) return [];
  const wider = resources.values.filter((pattern) => !anyCovers(used, pattern));
  if (wider.length === 0) return [];
  const usedActions = concerned.flatMap(({ Action }) => Action);
  return [
    {
      ...place,
      actions: [...new Set(usedActions)].filter((action) => anyCovers(actions.values, action, { ignoreCase: true })),
      today: wider,
      used: used.sort(),
    },
  ];
}

function missingFrom(
  allowing: readonly Statement[],
  minimal: PolicyJson,
  calls: readonly ObservedCall[],
): PolicyDifference['missing'] {
  const isAllowed = (action: string, resource: string) =>
    allowing.some(
      ({ actions, resources }) =>
        anyCovers(actions.values, action, { ignoreCase: true }) !== actions.not &&
        (!resources || anyCovers(resources.values, resource) !== resources.not),
    );
  const used = minimal.Statement.flatMap(({ Action, Resource }) =>
    Action.flatMap((action) => Resource.map((resource) => ({ action, resource, deniedCount: 0 }))),
  );
  const denied = calls.filter(({ deniedCount }) => deniedCount > 0);
  const refused = denied.flatMap(({ action, resource, deniedCount }) =>
    requiredResources(action, resource).map((each) => ({ action, resource: each, deniedCount })),
  );
  const byNeed = new Map<string, PolicyDifference['missing'][number]>();
  for (const need of [...used, ...refused]) {
    if (isAllowed(need.action, need.resource)) continue;
    const key = `${need.action} ${need.resource}`;
    const before = byNeed.get(key)?.deniedCount ?? 0;
    byNeed.set(key, { ...need, deniedCount: before + need.deniedCount });
  }
  return [...byNeed.values()];
}
