import { parseArn } from '../arn.ts';
import { foldResources } from '../fold-resources.ts';
import type { ObservedCall } from '../observed-call.ts';
import { anyCovers, covers } from '../pattern-cover.ts';
import { requiredResources } from '../required-resources.ts';
import { highestLevel, matchedActions } from './catalog-actions.ts';
import {
  type Change,
  type Finding,
  finding,
  type Group,
  keepActions,
  keepResources,
  type Place,
  type Severity,
} from './finding.ts';

/** Named in place of a pattern where nothing was observed; more than this is no smaller statement but a long one. */
const ACTIONS_NAMED = 40;
const RESOURCES_NAMED = 10;

export function findWildcards({ places, observed }: Group): Finding[] {
  return places.flatMap((place) => {
    const { statement } = place;
    if (statement.effect !== 'Allow') return [];
    return [...wildcardActions(place, observed), ...wildcardResources(place, observed)];
  });
}

function wildcardActions(place: Place, observed: ObservedCall[] | undefined): Finding[] {
  const { statement } = place;
  if (statement.actions.not) return [];
  const patterns = statement.actions.values.filter((action) => /[*?]/.test(action));
  if (patterns.length === 0) return [];
  const level = highestLevel(patterns);
  const isWhole = patterns.some((pattern) => pattern === '*' || pattern.endsWith(':*'));
  const severity: Severity = level === 'Read' || level === 'List' ? 'low' : isWhole ? 'high' : 'medium';
  const count = patterns.flatMap((pattern) => matchedActions(pattern) ?? []).length;
  const values = { actions: patterns, count, level };
  return [finding(place, 'wildcardAction', severity, values, namedActions(place, patterns, observed))];
}

function namedActions({ statement, raw }: Place, patterns: string[], observed: ObservedCall[] | undefined): Change {
  const others = statement.actions.values.filter((action) => !patterns.includes(action));
  const names = observed
    ? observed.map(({ action }) => action).filter((action) => anyCovers(patterns, action, { ignoreCase: true }))
    : patterns.flatMap((pattern) =>
        pattern.endsWith('*:*') ? [] : (matchedActions(pattern) ?? []).map(({ name }) => name),
      );
  const isTooMany = !observed && (names.length > ACTIONS_NAMED || patterns.some((pattern) => !matchedActions(pattern)));
  return isTooMany ? { remedy: 'narrow' } : keepActions(raw, [...new Set([...others, ...names.sort()])]);
}

/** Keys that say whose the resource must be: with one of them a star is not everybody's. */
const RESOURCE_KEYS = /^(aws:resource(account|orgid|orgpaths|tag\/.*)|\w+:resource(account|tag\/.*))$/i;

function wildcardResources(place: Place, observed: ObservedCall[] | undefined): Finding[] {
  const { statement, document } = place;
  // The policy of a resource is about that resource alone.
  if (document.kind === 'resource' || !statement.resources || statement.resources.not || statement.actions.not)
    return [];
  if (statement.conditions.some(({ key }) => RESOURCE_KEYS.test(key))) return [];
  const open = statement.resources.values.filter(isOpen);
  if (open.length === 0) return [];
  const actions = statement.actions.values.filter(knowsResources);
  // Passing any role has a finding of its own.
  if (actions.every((action) => /^iam:passrole$/i.test(action))) return [];
  const isEverything = open.some((resource) => parseArn(resource)?.service.includes('*') ?? true);
  const severity = severityOf(highestLevel(actions), isEverything);
  const values = { resources: open, actions };
  return [finding(place, 'wildcardResource', severity, values, namedResources(place, open, actions, observed))];
}

function severityOf(level: string, isEverything: boolean): Severity {
  if (level === 'Permissions management') return 'high';
  if (level === 'Write' || level === 'Tagging') return isEverything ? 'high' : 'medium';
  return isEverything && level === 'Read' ? 'medium' : 'low';
}

/** Whether the action can be allowed on less than `*`. */
function knowsResources(action: string): boolean {
  const matched = matchedActions(action);
  return matched === undefined || matched.some(({ resourceTypes }) => resourceTypes.length > 0);
}

/** `*`, and a star in the place of a name: of the bucket, the table's database, the function. Behind a name it is none. */
function isOpen(resource: string): boolean {
  const arn = parseArn(resource);
  if (!arn) return resource.includes('*');
  if (arn.service.includes('*')) return true;
  const name = arn.service === 's3' ? arn.resource : arn.resource.replace(/^[A-Za-z-]+[/:]/, '');
  return /^[*?]/.test(name);
}

/** In place of the open ones, what the actions were seen on. */
function namedResources(
  { statement, raw }: Place,
  open: string[],
  actions: string[],
  observed: ObservedCall[] | undefined,
): Change {
  if (!observed) return { remedy: 'narrow' };
  const seen = observed
    .filter(({ action }) => anyCovers(actions, action, { ignoreCase: true }))
    .flatMap(({ action, resource }) => requiredResources(action, resource))
    .filter((resource) => open.some((pattern) => covers(pattern, resource)));
  const named = statement.resources?.values.filter((resource) => !open.includes(resource)) ?? [];
  return keepResources(raw, [...new Set([...named, ...foldResources(seen, RESOURCES_NAMED)])]);
}
