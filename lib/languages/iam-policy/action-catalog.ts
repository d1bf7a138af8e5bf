/**
 * Actions, resource types and condition keys of the services that the lake uses, as AWS's service authorization reference
 * has them: https://docs.aws.amazon.com/service-authorization/latest/reference/reference.html
 * The file comes from `scripts/action-catalog.ts`, which says how its texts are made. It weighs 130 kB (20 kB
 * compressed): pages get what was found by it, not the catalog.
 */
import catalog from './action-catalog.json' with { type: 'json' };

export type AccessLevel = 'Read' | 'List' | 'Write' | 'Tagging' | 'Permissions management';

export interface CatalogAction {
  /** As AWS writes it: `s3:GetObject`. */
  name: string;
  accessLevel: AccessLevel;
  /** What it can be allowed on; empty: on `*` alone. */
  resourceTypes: { name: string; arn: string }[];
  /** Those of the action and of its resources, without the global ones. */
  conditionKeys: string[];
  /** Actions that its caller needs as well. */
  dependentActions: string[];
}

interface ServiceText {
  keys: string;
  types: Record<string, string>;
  actions: Record<string, string>;
}

const services = new Map<string, ServiceText>(Object.entries(catalog.services));
const readServices = new Map<string, Map<string, CatalogAction>>();

/** Upper and lower case do not matter; undefined where the service is not in the catalog or has no such action. */
export function findAction(action: string): CatalogAction | undefined {
  const [service = ''] = action.split(':');
  return actionsByName(service.toLowerCase()).get(action.toLowerCase());
}

/** All actions of a service by their full names; none where the catalog does not have the service. */
export function actionsOf(service: string): string[] {
  return [...actionsByName(service.toLowerCase()).values()].map(({ name }) => name);
}

/** Whether the catalog knows the service, so that an action that it lacks does not exist. */
export function knowsService(service: string): boolean {
  return services.has(service.toLowerCase());
}

/**
 * Whether there is such a condition key for the services: a global one, one of theirs, or one of a service or an
 * identity provider that the catalog does not know.
 */
export function knowsConditionKey(key: string): boolean {
  const [prefix = ''] = key.split(':');
  const keys = prefix.toLowerCase() === 'aws' ? allKeys() : (services.get(prefix.toLowerCase())?.keys.split(' ') ?? []);
  return keys.length === 0 || keys.some((known) => isKey(key, known));
}

/** Whether the requests for an action may have the key. Global keys are in all of them. */
export function actionHasKey(action: CatalogAction, key: string): boolean {
  return globalKeys.some((known) => isKey(key, known)) || action.conditionKeys.some((known) => isKey(key, known));
}

const globalKeys = catalog.globalKeys.split(' ');

function allKeys(): string[] {
  return [...globalKeys, ...[...services.values()].flatMap(({ keys }) => keys.split(' '))];
}

/** `aws:ResourceTag/team` is `aws:ResourceTag/${TagKey}`, and `aws:PrincipalTag/team` is `aws:PrincipalTag/tag-key`. */
function isKey(key: string, known: string): boolean {
  const [start = '', ...rest] = known.split(/\$\{|tag-key$/);
  const folded = key.toLowerCase();
  return rest.length === 0 ? folded === known.toLowerCase() : folded.startsWith(start.toLowerCase());
}

function actionsByName(service: string): Map<string, CatalogAction> {
  const known = readServices.get(service);
  if (known) return known;
  const text = services.get(service);
  const read = new Map(text ? Object.keys(text.actions).map((name) => entry(service, name, text)) : []);
  readServices.set(service, read);
  return read;
}

function entry(service: string, name: string, { keys, types, actions }: ServiceText): [string, CatalogAction] {
  const [accessLevel, typePlaces = '', keyPlaces = '', dependents = ''] = (actions[name] ?? '').split('|');
  const allTypes = Object.entries(types);
  const allKeysOfService = keys.split(' ');
  const resourceTypes = numbers(typePlaces).map((place) => {
    const [type = '', value = ''] = allTypes[place] ?? [];
    const [arn = '', keyPlacesOfType = ''] = value.split('|');
    return { name: type, arn, keyPlaces: numbers(keyPlacesOfType) };
  });
  const keyNumbers = [...numbers(keyPlaces), ...resourceTypes.flatMap((type) => type.keyPlaces)];
  const action: CatalogAction = {
    name: `${service}:${name}`,
    accessLevel: accessLevel as AccessLevel,
    resourceTypes: resourceTypes.map(({ name: type, arn }) => ({ name: type, arn })),
    conditionKeys: [...new Set(keyNumbers.map((place) => allKeysOfService[place] ?? ''))],
    dependentActions: words(dependents),
  };
  return [action.name.toLowerCase(), action];
}

function words(text: string): string[] {
  return text === '' ? [] : text.split(' ');
}

function numbers(text: string): number[] {
  return words(text).map(Number);
}
