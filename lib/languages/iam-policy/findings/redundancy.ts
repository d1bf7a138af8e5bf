import type { ObservedCall } from '../observed-call.ts';
import { anyCovers } from '../pattern-cover.ts';
import type { Statement } from '../policy.ts';
import { requiredResources } from '../required-resources.ts';
import { isUnrecorded } from '../unrecorded-actions.ts';
import { highestLevel } from './catalog-actions.ts';
import { type Finding, finding, type Group, isIdentity, keepActions, type Place, type Severity } from './finding.ts';

/** Statements that decide nothing: another one says the same, a denial takes it all back, or nobody has used it. */
export function findRedundancy({ places, observed }: Group): Finding[] {
  return [
    ...places.flatMap((place, at) => duplicate(place, at, places)),
    ...places.flatMap((place) => takenBack(place, places)),
    ...(observed ? places.filter(isIdentity).flatMap((place) => unused(place, observed)) : []),
  ];
}

/** Policies of one kind are read together; the boundary, the trust policy and a resource's each by itself. */
function decideTogether(one: Place, other: Place): boolean {
  return one.document === other.document || (isIdentity(one) && isIdentity(other));
}

function duplicate(place: Place, at: number, places: Place[]): Finding[] {
  const by = places.find((other, index) => {
    if (index === at || !decideTogether(place, other) || place.statement.effect !== other.statement.effect)
      return false;
    const isSame = covered(other.statement, place.statement) && index > at;
    return covered(place.statement, other.statement) && !isSame;
  });
  if (!by) return [];
  return [finding(place, 'duplicate', 'low', { by: nameOf(by), policy: by.document.name }, { remedy: 'remove' })];
}

function takenBack(place: Place, places: Place[]): Finding[] {
  if (place.statement.effect !== 'Allow') return [];
  const by = places.find(
    (other) =>
      other.statement.effect === 'Deny' &&
      other.statement.conditions.length === 0 &&
      decideTogether(place, other) &&
      covered(place.statement, other.statement),
  );
  if (!by) return [];
  const values = { reason: 'denied', actions: place.statement.actions.values, by: nameOf(by) };
  return [finding(place, 'unreachable', 'low', values, { remedy: 'remove' })];
}

function nameOf({ statement, index }: Place): string {
  return statement.sid ?? `#${index + 1}`;
}

/** Whether all that the statement is for, the other one is for as well. */
function covered(statement: Statement, by: Statement): boolean {
  if (statement.actions.not || by.actions.not || statement.resources?.not || by.resources?.not) return false;
  const conditions = JSON.stringify(by.conditions);
  const isConditioned = by.conditions.length > 0 && conditions !== JSON.stringify(statement.conditions);
  if (isConditioned || JSON.stringify(statement.principals) !== JSON.stringify(by.principals)) return false;
  const { values: actions } = by.actions;
  const resources = by.resources?.values ?? ['*'];
  return (
    statement.actions.values.every((action) => anyCovers(actions, action, { ignoreCase: true })) &&
    (statement.resources?.values ?? ['*']).every((resource) => anyCovers(resources, resource))
  );
}

function unused(place: Place, observed: ObservedCall[]): Finding[] {
  const { statement, raw } = place;
  if (statement.effect !== 'Allow' || statement.actions.not) return [];
  const here = observed.filter(
    ({ action, resource, count, deniedCount }) =>
      count > deniedCount && requiredResources(action, resource).some((each) => isFor(statement, each)),
  );
  const isUsed = (pattern: string) =>
    isUnrecorded(pattern) || here.some(({ action }) => anyCovers([pattern], action, { ignoreCase: true }));
  const used = statement.actions.values.filter(isUsed);
  const rest = statement.actions.values.filter((action) => !used.includes(action));
  if (rest.length === 0) return [];
  const severity: Severity = ['Read', 'List'].includes(highestLevel(rest)) ? 'low' : 'medium';
  const values = { actions: rest, isWhole: used.length === 0 ? 'yes' : 'no' };
  return [finding(place, 'unused', severity, values, keepActions(raw, used))];
}

function isFor({ resources }: Statement, resource: string): boolean {
  return !resources || anyCovers(resources.values, resource) !== resources.not;
}
