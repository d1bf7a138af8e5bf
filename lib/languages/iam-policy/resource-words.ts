import { parseArn } from './arn.ts';

/** A kind of resource, by the ARN's service and the start of its resource; `name` is what people call one of them. */
const KINDS = [
  ['functions', 'lambda', /^function:(?<name>.+)$/],
  ['stateMachines', 'states', /^stateMachine:(?<name>.+)$/],
  ['executions', 'states', /^(execution|express):(?<name>[^:]+)(:.*)?$/],
  ['workGroups', 'athena', /^workgroup\/(?<name>.+)$/],
  ['tables', 'glue', /^table\/(?<name>[^/]+\/.+)$/],
  ['databases', 'glue', /^database\/(?<name>.+)$/],
  ['catalog', 'glue', /^(?<name>catalog)$/],
  ['jobs', 'glue', /^job\/(?<name>.+)$/],
  ['crawlers', 'glue', /^crawler\/(?<name>.+)$/],
  ['rulesets', 'glue', /^dataQualityRuleset\/(?<name>.+)$/],
  ['logGroups', 'logs', /^log-group:(?<name>[^:]+)(:.*)?$/],
  ['roles', 'iam', /^role\/(?<name>.+)$/],
  ['users', 'iam', /^user\/(?<name>.+)$/],
  ['policies', 'iam', /^policy\/(?<name>.+)$/],
  ['keys', 'kms', /^(key|alias)\/(?<name>.+)$/],
  ['streams', 'kinesis', /^stream\/(?<name>.+)$/],
  ['deliveryStreams', 'firehose', /^deliverystream\/(?<name>.+)$/],
  ['eventRules', 'events', /^rule\/(?<name>.+)$/],
  ['eventBuses', 'events', /^event-bus\/(?<name>.+)$/],
  ['endpoints', 'sagemaker', /^endpoint\/(?<name>.+)$/],
  ['stacks', 'cloudformation', /^stack\/(?<name>[^/]+).*$/],
  ['trails', 'cloudtrail', /^trail\/(?<name>.+)$/],
] as const satisfies readonly (readonly [string, string, RegExp])[];

export type ResourceWord =
  | (typeof KINDS)[number][0]
  /** `*` */
  | 'anyResource'
  | 'buckets'
  /** All objects of some buckets. */
  | 'objects'
  /** `bucket/prefix` */
  | 'objectsUnder'
  /** One object each, or a pattern that is more than a prefix. */
  | 'namedObjects'
  /** All tables of some databases. */
  | 'tablesOf'
  /** Raw ARNs. */
  | 'resources';

export interface NamedResource {
  word: ResourceWord;
  name: string;
}

/** What a resource of a policy is, and what people call it. */
export function nameResource(pattern: string): NamedResource {
  if (pattern === '*') return { word: 'anyResource', name: '*' };
  const arn = parseArn(pattern);
  if (!arn) return { word: 'resources', name: pattern };
  if (arn.service === 's3' && arn.accountId === '') return nameInS3(arn.resource);
  for (const [word, service, form] of KINDS) {
    const name = arn.service === service ? form.exec(arn.resource)?.groups?.name : undefined;
    if (name === undefined) continue;
    if (word === 'tables' && /^[^*?]+\/\*$/.test(name)) return { word: 'tablesOf', name: name.slice(0, -2) };
    return { word, name: word === 'tables' ? name.replace('/', '.') : name };
  }
  return { word: 'resources', name: pattern };
}

function nameInS3(resource: string): NamedResource {
  const slash = resource.indexOf('/');
  if (slash === -1) return { word: 'buckets', name: resource };
  const [bucket, key] = [resource.slice(0, slash), resource.slice(slash + 1)];
  if (key === '*') return { word: 'objects', name: bucket };
  const isPrefix = key.endsWith('*') && !/[*?]/.test(key.slice(0, -1));
  return isPrefix
    ? { word: 'objectsUnder', name: `${bucket}/${key.slice(0, -1)}` }
    : { word: 'namedObjects', name: resource };
}
