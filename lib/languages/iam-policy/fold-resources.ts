import { arnOf, parseArn } from './arn.ts';
import { covers } from './pattern-cover.ts';

/**
 * Makes of the resources that were asked for the patterns that a policy names: what differs from request to request (a
 * file, an execution, a log stream) becomes a star behind what stays (its folder, its state machine, its group). `kept`
 * is how many of one kind are named each before they become one pattern. Where there are patterns to stay `within`, no
 * made pattern is wider than they are.
 */
export function foldResources(resources: readonly string[], kept: number, within: readonly string[] = []): string[] {
  const groups = Map.groupBy(new Set(resources), familyOf);
  const folded = [...groups].flatMap(([, members]) => {
    const patterns = foldFamily(members, kept);
    return within.length === 0 ? patterns : patterns.flatMap((pattern) => stayWithin(pattern, members, within));
  });
  const unique = [...new Set(folded)];
  return unique.filter((one) => !unique.some((other) => other !== one && covers(other, one))).sort();
}

/** The pattern, or in its place for each of the resources the narrowest one that they are within. */
function stayWithin(pattern: string, members: readonly string[], within: readonly string[]): string[] {
  if (within.some((wide) => covers(wide, pattern))) return [pattern];
  const own = members.map(keepPattern).filter((member) => covers(pattern, member));
  return own.map((member) => narrowest(within.filter((wide) => covers(wide, member))) ?? member);
}

function narrowest(patterns: readonly string[]): string | undefined {
  return [...patterns].sort((one, other) => other.length - one.length)[0];
}

/** A resource that is in a policy as it is; `*`, `?` and `${` in a name are made to stand for themselves. */
export function literal(resource: string): string {
  return resource === '*' ? resource : resource.replaceAll(/\$(?=\{)|[*?]/g, (character) => `\${${character}}`);
}

/** Resources of one family may become one pattern: the objects of a bucket, the tables of a database, the jobs. */
function familyOf(resource: string): string {
  const arn = parseArn(resource);
  if (!arn) return resource;
  return arnOf(arn, resourceParts(arn.service, arn.resource).slice(0, -1).join(''));
}

function foldFamily(members: string[], kept: number): string[] {
  const [first = ''] = members;
  const arn = parseArn(first);
  if (!arn) return members;
  if (arn.service === 's3' && arn.resource.includes('/')) return foldObjects(members, kept);
  const varying = runs(arn.service, arn.resource);
  if (varying !== undefined) return [`${literal(arnOf(arn, varying))}*`];
  if (members.length <= kept || isAlone(arn.service, arn.resource)) return members.map(keepPattern);
  return [`${literal(commonStart(members, familyOf(first)))}*`];
}

/** Of `job/lake-clean` and `job/lake-load` it is `job/lake-`: others' jobs stay out. Never shorter than the family. */
function commonStart(members: string[], family: string): string {
  const [first = '', ...others] = members;
  let length = first.length;
  for (const other of others) while (!other.startsWith(first.slice(0, length))) length--;
  return first.slice(0, Math.max(family.length, first.slice(0, length).search(/[^-_./]*$/)));
}

/** A bucket is never one of many, nor are roles: a star there would stand for others' too. */
function isAlone(service: string, resource: string): boolean {
  return ['s3', 'iam', 'sts', 'kms'].includes(service) || !/[/:]/.test(resource);
}

/** The tables of a database, all rulesets and the streams of a log group come as patterns: services ask for them so. */
function keepPattern(resource: string): string {
  const isPattern = /:(table|userDefinedFunction)\/[^*?$]+\/\*$|:dataQualityRuleset\/\*$|:log-group:[^:*?$]+:\*$/.test(
    resource,
  );
  return isPattern ? resource : literal(resource);
}

/** The part that stays of what is new with each run: an execution of a state machine, a stream of a log group. */
function runs(service: string, resource: string): string | undefined {
  if (service === 'states') return /^(?:execution|express|mapRun):[^:]+[:/]/.exec(resource)?.[0];
  if (service === 'logs') return /^log-group:[^:]+:log-stream:/.exec(resource)?.[0];
  if (service === 'athena') return /^workgroup\/[^/]+\/session\//.exec(resource)?.[0];
  return undefined;
}

/** What is before the name, and the name. */
function resourceParts(service: string, resource: string): [string, string] {
  const end =
    service === 's3' ? resource.indexOf('/') : Math.max(...['/', ':'].map((mark) => resource.lastIndexOf(mark)));
  const start = runs(service, resource)?.length ?? end + 1;
  return [resource.slice(0, start), resource.slice(start)];
}

/** To the folders at the top, below those of the lake's own documents (`_lake/contracts/`), and then to the bucket. */
function foldObjects(members: string[], kept: number): string[] {
  const folders = new Map<string, string[]>();
  for (const member of members) {
    const [, bucket = '', key = ''] = /^(.*?:::[^/]*\/)([\s\S]*)$/.exec(member) ?? [];
    const folder = /^(?:_[^/]*\/)?[^/]*\//.exec(key)?.[0] ?? '';
    folders.set(bucket + folder, [...(folders.get(bucket + folder) ?? []), member]);
  }
  const bucket = `${familyOf(members[0] ?? '')}`;
  const loose = folders.get(bucket) ?? [];
  if (folders.size > kept || loose.length > kept) return [`${literal(bucket)}*`];
  return [...folders].flatMap(([folder, keys]) => (folder === bucket ? keys.map(literal) : [`${literal(folder)}*`]));
}
