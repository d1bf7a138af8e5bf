import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Resolver } from '../provision/resolver.ts';
import { resourceOrder } from '../provision/resource-order.ts';
import { synthesize } from '../provision/synthesize.ts';
import { Template } from '../provision/template.ts';

/** A policy of the synthesized template, as it would be in an account. */
export interface TemplatePolicy {
  name: string;
  kind: 'inline' | 'managed' | 'trust' | 'resource';
  roleName?: string;
  text: string;
}

const account = '111111111111';
const region = 'eu-west-3';

export interface TemplatePolicies {
  /** Where the template lies. */
  file: string;
  account: string;
  policies: TemplatePolicy[];
}

/** The synthesized template, and all its policies with their references filled in. */
export async function templatePolicies(): Promise<TemplatePolicies> {
  const { folder } = await synthesize();
  const file = path.join(folder, 'Lacustre.template.json');
  const template = Template.parse(JSON.parse(await readFile(file, 'utf8')));
  const resolver = new Resolver(template, {
    account,
    region,
    stackName: 'Lacustre',
    parameters: { BootstrapVersion: '1' },
  });
  const policies = resourceOrder(template).flatMap((id) => {
    const { Type, Properties } = template.Resources[id] ?? { Type: '', Properties: {} };
    const properties = resolver.resolve(Properties) as Record<string, unknown>;
    resolver.made.set(id, made(Type, id, properties));
    return policiesOf(Type, id, properties);
  });
  return { file, account, policies };
}

/** What others may refer to: names are in the template, and ARNs follow from them. */
function made(type: string, id: string, properties: Record<string, unknown>) {
  const named = ['BucketName', 'RoleName', 'FunctionName', 'LogGroupName', 'StateMachineName', 'Name', 'TrailName'];
  const name = String(named.map((key) => properties[key]).find((value) => value !== undefined) ?? id);
  const arn = arnOf(type, name);
  const isByArn = type === 'AWS::StepFunctions::StateMachine';
  return { ref: isByArn ? arn : name, attributes: { Arn: arn, Name: name, DomainName: name, RoleId: id } };
}

function arnOf(type: string, name: string): string {
  const here = (service: string, resource: string) => `arn:aws:${service}:${region}:${account}:${resource}`;
  const forms: Record<string, string> = {
    'AWS::S3::Bucket': `arn:aws:s3:::${name}`,
    'AWS::IAM::Role': `arn:aws:iam::${account}:role/${name}`,
    'AWS::Lambda::Function': here('lambda', `function:${name}`),
    'AWS::Logs::LogGroup': here('logs', `log-group:${name}:*`),
    'AWS::StepFunctions::StateMachine': here('states', `stateMachine:${name}`),
    'AWS::Events::Rule': here('events', `rule/${name}`),
    'AWS::CloudTrail::Trail': here('cloudtrail', `trail/${name}`),
  };
  return forms[type] ?? here('unknown', name);
}

function policiesOf(type: string, id: string, properties: Record<string, unknown>): TemplatePolicy[] {
  const text = (value: unknown) => JSON.stringify(value);
  if (type === 'AWS::IAM::Role') {
    const roleName = String(properties.RoleName);
    return [{ name: 'trust policy', kind: 'trust', roleName, text: text(properties.AssumeRolePolicyDocument) }];
  }
  if (type === 'AWS::IAM::Policy' || type === 'AWS::IAM::ManagedPolicy') {
    // CDK moves what is too long for a role's inline policies into managed ones, which AWS names.
    return (properties.Roles as string[]).map((roleName) => ({
      name: String(properties.PolicyName ?? id),
      kind: type === 'AWS::IAM::Policy' ? 'inline' : 'managed',
      roleName,
      text: text(properties.PolicyDocument),
    }));
  }
  if (type === 'AWS::S3::BucketPolicy') {
    return [{ name: String(properties.Bucket), kind: 'resource', text: text(properties.PolicyDocument) }];
  }
  return [];
}
