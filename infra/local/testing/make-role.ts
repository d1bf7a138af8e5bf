import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import type { TestLake } from './test-lake.ts';

export interface Allowed {
  Action: string | string[];
  Resource: string | string[];
}

/** A role that a service (`states.amazonaws.com`) may use, with what it is allowed; resolves to its ARN. */
export async function makeRole(
  lake: Pick<TestLake, 'clientConfig'>,
  name: string,
  service: string,
  allowed: Allowed[] = [],
): Promise<string> {
  const iam = new IAMClient(lake.clientConfig);
  try {
    const trust = [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }];
    const { Role } = await iam.send(
      new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: document(trust) }),
    );
    if (allowed.length > 0) {
      const statements = allowed.map((statement) => ({ Effect: 'Allow', ...statement }));
      await iam.send(
        new PutRolePolicyCommand({ RoleName: name, PolicyName: 'allowed', PolicyDocument: document(statements) }),
      );
    }
    return Role?.Arn ?? '';
  } finally {
    iam.destroy();
  }
}

function document(Statement: object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement });
}
