import { Aspects, type IAspect, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';

/**
 * What does not fit into a role's inline policies (10,240 characters) is put by CDK into managed policies of the role,
 * whose names CloudFormation makes up. Named after their role, they can be granted to read like the role itself.
 */
class NameOverflowPolicies implements IAspect {
  visit(node: IConstruct): void {
    const { scope } = node.node;
    if (!(node instanceof iam.CfnManagedPolicy) || !scope) return;
    if (Stack.of(node).resolve(node.managedPolicyName) !== undefined) return;
    const role = scope.node.scope?.node.defaultChild;
    if (role instanceof iam.CfnRole) node.managedPolicyName = `${role.roleName}-${kebab(scope.node.id)}`;
  }
}

export function nameOverflowPolicies(scope: IConstruct): void {
  Aspects.of(scope).add(new NameOverflowPolicies());
}

/** CDK calls them `OverflowPolicy1`, `OverflowPolicy2`. */
function kebab(id: string): string {
  return id.replace(/([a-z])([A-Z0-9])/g, '$1-$2').toLowerCase();
}
