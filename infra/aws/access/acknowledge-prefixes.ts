import { Aspects, type IAspect, Stack, Validations } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';

/**
 * cdk-nag reports every `*` in a resource, also the one that means "the objects of this bucket". Each such finding is
 * acknowledged by itself, with its reason, and only where the star stands behind a named bucket, table, run or log
 * stream; every starred action stays a finding, and so does a bare `*`, but for what AWS knows no resource of.
 */
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
      Validations.of(node).acknowledge({
        id: `AwsSolutions-IAM5[Resource::${resource}]`,
        reason: 'The star stands for the keys, tables or executions of one named resource of this lake.',
      });
    }
  }
}

export function acknowledgePrefixes(stack: Stack): void {
  Aspects.of(stack).add(new AcknowledgePrefixes());
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
    .filter((resource) => resource.includes('*') && resource !== '*');
}

function flatten(value: unknown): string {
  if (typeof value === 'string') return value;
  const { 'Fn::Join': join, 'Fn::GetAtt': att, Ref: ref } = value as Record<string, unknown>;
  if (Array.isArray(join)) return (join[1] as unknown[]).map(flatten).join(String(join[0]));
  if (Array.isArray(att)) return `<${att.join('.')}>`;
  return `<${String(ref)}>`;
}
