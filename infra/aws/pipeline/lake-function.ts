import { type Duration, RemovalPolicy } from 'aws-cdk-lib';
import type * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { serviceOfThisAccount } from '../access/service-principal.ts';
import { allow } from '../access/statement.ts';
import { bundleFunction } from './bundle.ts';

export interface LakeFunctionProps {
  /** Folder of `infra/functions`; the function is called `lacustre-<name>`. */
  name: string;
  description: string;
  environment: Record<string, string>;
  memoryMiB: number;
  timeout: Duration;
  statements: iam.PolicyStatement[];
}

/** A Lambda of the pipeline with a role and a log group of its own, both named after it. */
export class LakeFunction extends Construct {
  readonly function: lambda.Function;

  constructor(scope: Construct, id: string, props: LakeFunctionProps) {
    super(scope, id);
    const functionName = `lacustre-${props.name}`;
    const logGroup = new logs.LogGroup(this, 'Logs', {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: logs.RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new iam.Role(this, 'Role', {
      roleName: `${functionName}-role`,
      // IAM takes Latin-1 only.
      description: `For the function ${functionName}: ${props.description.replaceAll('’', "'")}`,
      assumedBy: serviceOfThisAccount('lambda'),
    });
    const writeLogs = allow({
      sid: 'WriteOwnLogs',
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [logGroup.logGroupArn],
    });
    for (const statement of [writeLogs, ...props.statements]) role.addToPolicy(statement);
    this.function = new lambda.Function(this, 'Function', {
      functionName,
      description: props.description,
      runtime: lambda.Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: lambda.Code.fromAsset(bundleFunction(props.name)),
      memorySize: props.memoryMiB,
      timeout: props.timeout,
      environment: props.environment,
      role,
      logGroup,
    });
    // The role's policy must be there before the first call.
    this.function.node.addDependency(role);
  }

  /** Lets a rule of EventBridge invoke it: to a function a rule goes by the function's own policy, not by a role. */
  isInvokedBy(rule: events.CfnRule): void {
    new lambda.CfnPermission(this, `By${rule.node.id}`, {
      functionName: this.function.functionName,
      action: 'lambda:InvokeFunction',
      principal: 'events.amazonaws.com',
      sourceArn: rule.attrArn,
    });
  }
}
