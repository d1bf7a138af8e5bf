import { Aspects, type IAspect, Stack, Validations } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';

/**
 * cdk-nag reports every `*` in a resource, also the one that means "the objects of this bucket". Why a star stands there
 * is written here, for each kind of place where one may stand: behind a named bucket, database, state machine or the
 * beginning of a name. In any other place it stays a finding, as do a bare `*` and every starred action.
 */
const REASONS: [place: RegExp, reason: (...names: string[]) => string][] = [
  [
    /^<[^>]+\.Arn>\/\*$|^arn:.+?:s3:::[^*/]+\/\*$/,
    () => 'All keys of one bucket of this lake: datasets have the names that people give them.',
  ],
  [
    /^(?:<[^>]+\.Arn>|arn:.+?:s3:::[^*/]+)\/([^*]+)\*$/,
    (prefix) => `The keys under ${prefix} of one bucket: each file is new.`,
  ],
  [
    /^arn:.+?:glue:.*:table\/([^*/]+)\/\*$/,
    (database) => `The tables of the database ${database} alone: each dataset brings its own.`,
  ],
  [
    /^arn:.+?:glue:.*:dataQualityRuleset\/\*$/,
    () => 'Rulesets have the names that people give them, and Glue lists them only all together.',
  ],
  [/^arn:.+?:states:.*:execution:.+:\*$/, () => 'The executions of one state machine: each is named when it starts.'],
  [
    /^arn:.+?:logs:.*:log-group:(\/[^*]+)\*$/,
    (start) => `The log groups that begin with ${start}: Glue and Lambda make them and name them so.`,
  ],
  [
    /^arn:.+?:iam::.*:role\/([^*]+)\*$/,
    (start) => `The roles of this lake: all of them, and no others, are named ${start}…`,
  ],
  [
    /^arn:.+?:iam::.*:policy\/([^*]+)\*$/,
    (start) => `The managed policies named ${start}…: CDK numbers them, as many as a role's statements need.`,
  ],
];

/** What AWS knows no resource of: it cannot be narrowed. */
const WITHOUT_RESOURCE = new Set(['cloudtrail:ListPublicKeys']);

class AcknowledgePrefixes implements IAspect {
  visit(node: IConstruct): void {
    if (!(node instanceof iam.CfnPolicy || node instanceof iam.CfnManagedPolicy)) return;
    const document = Stack.of(node).resolve(node.policyDocument) as PolicyDocument;
    if (isBareForWantOfResource(document)) {
      Validations.of(node).acknowledge({
        id: 'AwsSolutions-IAM5[Resource::*]',
        reason: 'AWS knows no resource that this action could be narrowed to; it lists public keys.',
      });
    }
    for (const resource of starredResources(document)) {
      const reason = reasonFor(resource);
      if (reason) Validations.of(node).acknowledge({ id: `AwsSolutions-IAM5[Resource::${resource}]`, reason });
    }
  }
}

export function acknowledgePrefixes(stack: Stack): void {
  Aspects.of(stack).add(new AcknowledgePrefixes());
}

function reasonFor(resource: string): string | undefined {
  for (const [place, reason] of REASONS) {
    const found = place.exec(resource);
    if (found) return reason(...found.slice(1));
  }
  return undefined;
}

interface PolicyDocument {
  Statement?: { Action?: string | string[]; Resource?: unknown }[];
}

/** There is a bare star, and none beside those that cannot be helped. */
function isBareForWantOfResource({ Statement = [] }: PolicyDocument): boolean {
  const bare = Statement.filter(({ Resource }) => [Resource].flat().includes('*'));
  return (
    bare.length > 0 && bare.every(({ Action }) => [Action].flat().every((name) => WITHOUT_RESOURCE.has(name ?? '')))
  );
}

/** Resources with a star behind a name, spelled as cdk-nag spells them in its findings. */
function starredResources(document: PolicyDocument): string[] {
  return (document.Statement ?? [])
    .flatMap(({ Resource }) => (Array.isArray(Resource) ? Resource : [Resource]))
    .map(flatten)
    .filter((resource) => resource.includes('*'));
}

function flatten(value: unknown): string {
  if (typeof value === 'string') return value;
  const { 'Fn::Join': join, 'Fn::GetAtt': att, Ref: ref } = value as Record<string, unknown>;
  if (Array.isArray(join)) return (join[1] as unknown[]).map(flatten).join(String(join[0]));
  if (Array.isArray(att)) return `<${att.join('.')}>`;
  return `<${String(ref)}>`;
}
