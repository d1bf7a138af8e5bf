/**
 * The least policy that lets a role do again what it was seen doing: every action that was allowed, on what it was allowed
 * on, where new files of the same folders and new runs of the same state machine are the same thing.
 */
import { actionWord } from './action-words.ts';
import { parseArn } from './arn.ts';
import { foldResources } from './fold-resources.ts';
import type { ObservedCall } from './observed-call.ts';
import { parsePolicy } from './parse-policy.ts';
import { anyCovers } from './pattern-cover.ts';
import type { Statement } from './policy.ts';
import { requiredResources } from './required-resources.ts';
import { isUnrecorded } from './unrecorded-actions.ts';

export interface StatementJson {
  Sid?: string;
  Effect: 'Allow' | 'Deny';
  Action: string[];
  Resource: string[];
  Condition?: Record<string, Record<string, string[]>>;
}

export interface PolicyJson {
  Version: '2012-10-17';
  Statement: StatementJson[];
}

/** Characters without white space that the inline policies of a role may have in all; of a managed policy it is 6,144. */
const INLINE_LIMIT = 10_240;
const MANAGED_LIMIT = 6144;

/** How many resources of one kind are named each; fewer where the policy would be too long for a role. */
const KEPT = [10, 3, 1];

/**
 * Of the calls of one role. Each statement is needed: no action is on one resource twice. No calls make no statements.
 * `today` are the role's policies: where they are given, the least policy is nowhere wider than they are, and what no trail
 * tells of stays as it is.
 */
export function minimalPolicy(calls: readonly ObservedCall[], today: readonly string[] = []): PolicyJson {
  const allowed = calls.filter(({ count, deniedCount }) => count > deniedCount);
  const allowing = today
    .flatMap((text) => parsePolicy(text, 'identity').statements)
    .filter(({ effect, actions, resources }) => effect === 'Allow' && !actions.not && resources && !resources.not);
  const [first = 1, ...fewer] = KEPT;
  let policy = policyOf(allowed, allowing, first);
  for (const kept of fewer) {
    if (policySize(policy) <= INLINE_LIMIT) break;
    policy = policyOf(allowed, allowing, kept);
  }
  return policy;
}

/** As IAM counts it. */
export function policySize(policy: PolicyJson): number {
  return JSON.stringify(policy).length;
}

/**
 * The policy in as few as possible that each fit into the limit, in the order of its statements. A statement that is too
 * long by itself is a policy of its own, and stays too long.
 */
export function splitPolicy(policy: PolicyJson, limit = MANAGED_LIMIT): PolicyJson[] {
  const policies: PolicyJson[] = [];
  for (const statement of policy.Statement) {
    const last = policies.at(-1);
    const joined = last && { ...last, Statement: [...last.Statement, statement] };
    if (joined && policySize(joined) <= limit) policies[policies.length - 1] = joined;
    else policies.push({ Version: '2012-10-17', Statement: [statement] });
  }
  return policies;
}

interface Need {
  service: string;
  kind: string;
  action: string;
  resources: string[];
}

function policyOf(calls: readonly ObservedCall[], today: readonly Statement[], kept: number): PolicyJson {
  const needs = [...Map.groupBy(calls.flatMap(resourcesOf), ({ action, kind }) => `${action} ${kind}`).values()];
  const folded = needs.map((same): Need => {
    const [{ action, kind } = { action: '', kind: '' }] = same;
    const resources = foldResources(
      same.map(({ resource }) => resource),
      kept,
      patternsFor(action, today),
    );
    return { service: action.split(':')[0] ?? '', kind, action, resources };
  });
  const needed = calls.length > 0 ? [...folded, ...unrecordedOf(today)] : [];
  const groups = Map.groupBy(needed, ({ service, kind, resources }) => JSON.stringify([service, kind, resources]));
  const statements = [...groups.values()].map(statementOf).sort(byPlace);
  return { Version: '2012-10-17', Statement: withSids(statements) };
}

function unrecordedOf(today: readonly Statement[]): Need[] {
  const kept = today.flatMap(({ actions, resources }) =>
    actions.values.filter(isUnrecorded).map((action) => ({ action, resources: resources?.values ?? [] })),
  );
  return [...Map.groupBy(kept, ({ action }) => action)].map(([action, same]) => ({
    service: action.split(':')[0] ?? '',
    kind: 'unrecorded',
    action,
    resources: [...new Set(same.flatMap(({ resources }) => resources))].sort(),
  }));
}

function patternsFor(action: string, today: readonly Statement[]): string[] {
  return today
    .filter(({ actions }) => anyCovers(actions.values, action, { ignoreCase: true }))
    .flatMap(({ resources }) => resources?.values ?? []);
}

/** A call, once for each kind of resource that it needs; Glue's catalog, databases and tables are of one kind. */
function resourcesOf({ action, resource }: ObservedCall) {
  return requiredResources(action, resource).map((each) => ({ action, resource: each, kind: kindOf(each) }));
}

function kindOf(resource: string): string {
  const arn = parseArn(resource);
  if (!arn) return '';
  if (arn.service === 's3') return arn.resource.includes('/') ? 'objects' : 'bucket';
  const [kind = ''] = arn.resource.split(/[/:]/);
  return ['catalog', 'database', 'table', 'userDefinedFunction'].includes(kind) ? 'catalog' : kind;
}

interface Unnamed {
  service: string;
  kind: string;
  statement: StatementJson;
}

function statementOf(needs: Need[]): Unnamed {
  const [{ service, kind, resources } = { service: '', kind: '', resources: [] }] = needs;
  const actions = needs.map(({ action }) => action).sort();
  return { service, kind, statement: { Effect: 'Allow', Action: actions, Resource: resources } };
}

function byPlace(one: Unnamed, other: Unnamed): number {
  const place = ({ service, kind, statement }: Unnamed) =>
    [service, kind, statement.Resource.join(' '), statement.Action.join(' ')].join('\n');
  return place(one) < place(other) ? -1 : 1;
}

/** `ReadObjects`, or `S3Objects` where the actions do several things; numbered where a policy has two of one name. */
function withSids(statements: Unnamed[]): StatementJson[] {
  const taken = new Map<string, number>();
  return statements.map(({ service, kind, statement }) => {
    const words = new Set(statement.Action.map(actionWord));
    const [word = 'otherActions'] = words;
    const name = words.size === 1 && word !== 'otherActions' ? camel(word) : camel(service) + camel(kind);
    const number = (taken.get(name) ?? 0) + 1;
    taken.set(name, number);
    return { Sid: number === 1 ? name : `${name}${number}`, ...statement };
  });
}

/** Sids are letters and digits alone. */
function camel(text: string): string {
  return text
    .split(/[^A-Za-z0-9]+/)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');
}
