import { actionHasKey, knowsConditionKey } from '../action-catalog.ts';
import { parseOperator } from '../condition-operators.ts';
import { isFor } from '../is-for.ts';
import { overlap } from '../pattern-cover.ts';
import type { Condition, Statement } from '../policy.ts';
import { matchedActions } from './catalog-actions.ts';
import { type Finding, finding, type Group, keepActions, keepResources, type Place } from './finding.ts';

/** Statements that do not say what their writer meant. */
export function findMistakes({ places }: Group): Finding[] {
  return places.flatMap((place) => [
    ...negated(place),
    ...unknownActions(place),
    ...unknownKeys(place),
    ...unreachableActions(place),
    ...unreachableResources(place),
    ...unreachableByCondition(place),
  ]);
}

function negated(place: Place): Finding[] {
  const { statement } = place;
  if (statement.effect !== 'Allow') return [];
  const { actions, resources, principals } = statement;
  const [change, isEverywhere] = [{ remedy: 'narrow' } as const, resources?.values.includes('*') || resources?.not];
  return [
    ...(actions.not
      ? [finding(place, 'notAction', isEverywhere ? 'high' : 'medium', { actions: actions.values }, change)]
      : []),
    ...(resources?.not ? [finding(place, 'notResource', 'medium', { resources: resources.values }, change)] : []),
    ...(principals?.not
      ? [finding(place, 'notPrincipal', 'high', { names: principals.values.map(({ value }) => value) }, change)]
      : []),
  ];
}

function severityOf({ effect }: Statement) {
  // A denial that denies nothing protects nothing, and looks as if it did.
  return effect === 'Deny' ? 'medium' : 'low';
}

function unknownActions(place: Place): Finding[] {
  const { statement, raw } = place;
  const unknown = statement.actions.values.filter((action) => action !== '*' && matchedActions(action)?.length === 0);
  if (unknown.length === 0) return [];
  const kept = statement.actions.values.filter((action) => !unknown.includes(action));
  const change = statement.actions.not ? ({ remedy: 'narrow' } as const) : keepActions(raw, kept);
  return [finding(place, 'unknownAction', severityOf(statement), { actions: unknown }, change)];
}

function unknownKeys(place: Place): Finding[] {
  const keys = place.statement.conditions.map(({ key }) => key).filter((key) => !knowsConditionKey(key));
  if (keys.length === 0) return [];
  return [finding(place, 'unknownKey', 'medium', { keys: [...new Set(keys)] }, { remedy: 'narrow' })];
}

/** Actions that none of the statement's resources is for. */
function unreachableActions(place: Place): Finding[] {
  const { statement, raw } = place;
  const resources = resourcesOf(place);
  if (!resources) return [];
  const dead = statement.actions.values.filter((pattern) => {
    const matched = matchedActions(pattern);
    return matched?.length && matched.every((action) => !resources.some((resource) => isFor(action, resource)));
  });
  if (dead.length === 0) return [];
  const kept = statement.actions.values.filter((action) => !dead.includes(action));
  const values = { reason: 'resource', actions: dead, resources };
  return [finding(place, 'unreachable', severityOf(statement), values, keepActions(raw, kept))];
}

/** Resources that none of the statement's actions is for. */
function unreachableResources(place: Place): Finding[] {
  const { statement, raw } = place;
  const resources = resourcesOf(place);
  const matched = statement.actions.values.map(matchedActions);
  if (!resources || matched.some((actions) => actions === undefined)) return [];
  const actions = matched.flatMap((found) => found ?? []);
  const dead = resources.filter((resource) => actions.length > 0 && !actions.some((action) => isFor(action, resource)));
  // All of them: then the actions are the finding.
  if (dead.length === 0 || dead.length === resources.length) return [];
  const values = { reason: 'action', actions: statement.actions.values, resources: dead };
  const kept = resources.filter((resource) => !dead.includes(resource));
  return [finding(place, 'unreachable', severityOf(statement), values, keepResources(raw, kept))];
}

function resourcesOf({ statement: { actions, resources } }: Place): string[] | undefined {
  return actions.not || !resources || resources.not ? undefined : resources.values;
}

/** Conditions on a key that the requests never have, and two that cannot both hold. */
function unreachableByCondition(place: Place): Finding[] {
  const { statement } = place;
  const keys = [...absentKeys(statement), ...contradictions(statement.conditions)];
  if (keys.length === 0) return [];
  const values = { reason: 'condition', actions: statement.actions.values, keys: [...new Set(keys)] };
  return [finding(place, 'unreachable', severityOf(statement), values, { remedy: 'narrow' })];
}

function absentKeys({ actions, conditions }: Statement): string[] {
  const matched = actions.not ? [undefined] : actions.values.map(matchedActions);
  if (matched.some((found) => !found?.length)) return [];
  const all = matched.flatMap((found) => found ?? []);
  return conditions
    .filter((condition) => needsKey(condition) && knowsConditionKey(condition.key))
    .filter(({ key }) => !isOfIdentity(key) && !all.some((action) => actionHasKey(action, key)))
    .map(({ key }) => key);
}

/** Keys of who asks are in every request: of the provider that somebody signed in by, of the session. */
function isOfIdentity(key: string): boolean {
  return !/^(athena|cloudformation|cloudtrail|events|firehose|glue|iam|kinesis|kms|lambda|logs|s3|sagemaker|states):/i.test(
    key,
  );
}

/** Whether the condition fails where the request has no such key. */
function needsKey({ operator: text, values }: Condition): boolean {
  const operator = parseOperator(text);
  if (!operator) return false;
  if (operator.name === 'null') return values.every((value) => value.toLowerCase() === 'false');
  return !operator.ifExists && !operator.negated && operator.set !== 'ForAllValues';
}

function contradictions(conditions: readonly Condition[]): string[] {
  const exact = conditions.filter(({ operator }) => /^(string|arn|numeric|date)equals$|^bool$/i.test(operator));
  const absent = conditions.filter(
    ({ operator, values }) => /^null$/i.test(operator) && values.every((one) => one === 'true'),
  );
  return [...Map.groupBy([...exact, ...absent], ({ key }) => key.toLowerCase())].flatMap(([, same]) => {
    const [first, ...others] = same;
    return first && others.some((other) => exclude(first, other)) ? [first.key] : [];
  });
}

function exclude(one: Condition, other: Condition): boolean {
  if (/^null$/i.test(one.operator) !== /^null$/i.test(other.operator)) return true;
  return !one.values.some((value) => other.values.some((wanted) => overlap(value, wanted)));
}
