/**
 * Stands a synthesized stack up by plain AWS calls, on any AWS-compatible endpoint: each resource is created, or
 * updated where one of its physical name is there. AWS itself gets the same template through CloudFormation.
 * Resources that a later template drops are left where they are, except inline policies of roles.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { publishAssets } from './assets.ts';
import { closeClients, makeClients, type Target } from './clients.ts';
import { Resolver } from './resolver.ts';
import type { Ground, MakeResource } from './resource.ts';
import { resourceOrder } from './resource-order.ts';
import { workGroup } from './resources/athena.ts';
import { trail } from './resources/cloudtrail.ts';
import { rule } from './resources/events.ts';
import { classifier, crawler, database, dataQualityRuleset, job } from './resources/glue.ts';
import { managedPolicy, policy, removeStalePolicies, role } from './resources/iam.ts';
import { lambdaFunction } from './resources/lambda.ts';
import { lambdaPermission } from './resources/lambda-permission.ts';
import { logGroup } from './resources/logs.ts';
import { bucket, bucketPolicy } from './resources/s3.ts';
import { stateMachine } from './resources/states.ts';
import { Template, type TemplateResource } from './template.ts';

const resourceTypes: Record<string, MakeResource> = {
  'AWS::Athena::WorkGroup': workGroup,
  'AWS::CloudTrail::Trail': trail,
  'AWS::Events::Rule': rule,
  'AWS::Glue::Classifier': classifier,
  'AWS::Glue::Crawler': crawler,
  'AWS::Glue::DataQualityRuleset': dataQualityRuleset,
  'AWS::Glue::Database': database,
  'AWS::Glue::Job': job,
  'AWS::IAM::ManagedPolicy': managedPolicy,
  'AWS::IAM::Policy': policy,
  'AWS::IAM::Role': role,
  'AWS::Lambda::Function': lambdaFunction,
  'AWS::Lambda::Permission': lambdaPermission,
  'AWS::Logs::LogGroup': logGroup,
  'AWS::S3::Bucket': bucket,
  'AWS::S3::BucketPolicy': bucketPolicy,
  'AWS::StepFunctions::StateMachine': stateMachine,
};

export interface ProvisionOptions extends Target {
  account: string;
  /** Folder that `cdk synth` wrote. */
  assembly: string;
  stackName: string;
  parameters?: Record<string, string>;
}

export interface ProvisionedStack {
  outputs: Record<string, string>;
  resources: { logicalId: string; physicalId: string; type: string }[];
}

/** Throws at the first resource that cannot be made, naming it; running it again goes on from there. */
export async function provision(options: ProvisionOptions): Promise<ProvisionedStack> {
  const { endpoint, region, credentials, account, assembly, stackName, parameters = {} } = options;
  const template = Template.parse(
    JSON.parse(await readFile(path.join(assembly, `${stackName}.template.json`), 'utf8')),
  );
  const clients = makeClients({ endpoint, region, credentials });
  const ground = { clients, account, region };
  try {
    await publishAssets(assembly, stackName, ground);
    const resolver = new Resolver(template, { account, region, stackName, parameters });
    const resources = await makeAll(template, resolver, ground);
    await removeStalePolicies(policiesByRole(template, resolver), ground);
    const outputs = Object.entries(template.Outputs).map(([name, { Value }]) => [
      name,
      String(resolver.resolve(Value)),
    ]);
    return { outputs: Object.fromEntries(outputs), resources };
  } finally {
    closeClients(clients);
  }
}

async function makeAll(template: Template, resolver: Resolver, ground: Ground): Promise<ProvisionedStack['resources']> {
  const resources: ProvisionedStack['resources'] = [];
  for (const logicalId of resourceOrder(template)) {
    const resource = template.Resources[logicalId];
    if (!resource || (resource.Condition && !resolver.condition(resource.Condition))) continue;
    const made = await makeOne(logicalId, resource, resolver, ground);
    resolver.made.set(logicalId, made);
    resources.push({ logicalId, physicalId: made.ref, type: resource.Type });
  }
  return resources;
}

async function makeOne(logicalId: string, { Type, Properties }: TemplateResource, resolver: Resolver, ground: Ground) {
  const make = resourceTypes[Type];
  if (!make) throw new Error(`${logicalId} is a ${Type}, which cannot be provisioned outside of AWS yet`);
  try {
    return await make(resolver.resolve(Properties) as Record<string, unknown>, logicalId, ground);
  } catch (cause) {
    const reason = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    throw new Error(`${logicalId} (${Type}) could not be provisioned: ${reason}`, { cause });
  }
}

/** Role name → the inline policies that the template gives it. */
function policiesByRole(template: Template, resolver: Resolver): Map<string, Set<string>> {
  const kept = new Map<string, Set<string>>();
  for (const [logicalId, { Type, Properties }] of Object.entries(template.Resources)) {
    if (Type === 'AWS::IAM::Role') {
      const name = resolver.made.get(logicalId)?.ref ?? '';
      const inline = (resolver.resolve(Properties.Policies) as { PolicyName: string }[] | undefined) ?? [];
      for (const { PolicyName } of inline) named(kept, name).add(PolicyName);
    }
    if (Type !== 'AWS::IAM::Policy') continue;
    const { Roles = [], PolicyName } = resolver.resolve(Properties) as { Roles?: string[]; PolicyName: string };
    for (const role of Roles) named(kept, role).add(PolicyName);
  }
  return kept;
}

function named(kept: Map<string, Set<string>>, role: string): Set<string> {
  const names = kept.get(role) ?? new Set();
  kept.set(role, names);
  return names;
}
