/**
 * One decision about one request, as every request to the lake needs it: fifty statements with conditions and variables,
 * of which the last allows, within a boundary, a session policy and a bucket's own policy. First the evaluator alone,
 * then the lake's authority, which finds the policies of who asks. Prints the median and the slowest in a hundred.
 *
 *   node bench/iam.ts [--statements 50] [--rounds 100000]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { AttachRolePolicyCommand, CreatePolicyCommand, CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateBucketCommand, PutBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import { Lake } from '../infra/local/lake.ts';
import { jsonLog } from '../infra/local/log.ts';
import type { Principal } from '../infra/local/service.ts';
import type { IamService } from '../infra/local/services/iam/index.ts';
import { compilePolicy } from '../lib/languages/iam-policy/compile-policy.ts';
import { type Decision, evaluate, type PolicySet } from '../lib/languages/iam-policy/evaluate.ts';
import { explain } from '../lib/languages/iam-policy/explain.ts';
import { parsePolicy } from '../lib/languages/iam-policy/parse-policy.ts';
import { quantile } from './measure.ts';

const { values } = parseArgs({
  options: { statements: { type: 'string', default: '50' }, rounds: { type: 'string', default: '100000' } },
});
const count = Number(values.statements);
const rounds = Number(values.rounds);
const account = '111122223333';
const MANAGED_STATEMENTS = 15;
const role = `arn:aws:iam::${account}:role/reader`;
const asked = { action: 's3:GetObject', resource: `arn:aws:s3:::lake-${count - 1}/home/ana@example.org/a.csv` };

const identity = document(
  Array.from({ length: count }, (_, n) => ({
    Effect: 'Allow',
    Action: [`s3:Get${n}`, 's3:GetObject'],
    Resource: [`arn:aws:s3:::lake-${n}/home/\${aws:PrincipalTag/person}/*`, `arn:aws:s3:::other-${n}/*`],
    Condition: {
      StringEquals: { 'aws:PrincipalAccount': account },
      IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '127.0.0.0/8'] },
    },
  })),
);
const boundary = document([{ Effect: 'Allow', Action: ['s3:*', 'glue:*'], Resource: '*' }]);
const session = document([{ Effect: 'Allow', Action: 's3:Get*', Resource: 'arn:aws:s3:::lake-*' }]);
const bucket = document([
  {
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: [`arn:aws:s3:::lake-${count - 1}`, `arn:aws:s3:::lake-${count - 1}/*`],
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  },
]);

function document(Statement: object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement });
}

function report(name: string, decide: () => Decision): void {
  const first = decide();
  if (first.result !== 'allowed') throw new Error(`${name}: should have been allowed, but ${JSON.stringify(first)}`);
  const times = Array.from({ length: rounds }, () => {
    const began = performance.now();
    decide();
    return (performance.now() - began) * 1000;
  });
  const [p50, p99] = [quantile(times, 0.5), quantile(times, 0.99)].map((time) => time.toFixed(1));
  console.log(`${name}, ${count} statements: p50 ${p50} µs, p99 ${p99} µs a decision`);
}

function evaluatorAlone(): void {
  const policies: PolicySet = {
    identity: [compilePolicy('identity', parsePolicy(identity, 'identity'))],
    boundary: compilePolicy('boundary', parsePolicy(boundary, 'identity')),
    session: compilePolicy('session', parsePolicy(session, 'session')),
    resource: compilePolicy('bucket', parsePolicy(bucket, 'resource')),
  };
  const context: Record<string, string[]> = {
    'aws:principalaccount': [account],
    'aws:principaltag/person': ['ana@example.org'],
    'aws:sourceip': ['127.0.0.1'],
    'aws:securetransport': ['true'],
  };
  const arn = `arn:aws:sts::${account}:assumed-role/reader/ana`;
  const request = {
    ...asked,
    principal: { arn, accountId: account, roleArn: role },
    lookup: (key: string) => context[key],
  };
  report('evaluate', () => evaluate(request, policies));
  report('explain', () => explain(request, policies).decision);
}

async function throughAuthority(): Promise<void> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'lacustre-bench-'));
  const rootAccessKey = { id: 'AKIABENCHROOT', secret: 'bench' };
  const log = jsonLog(() => undefined);
  const lake = await Lake.start({
    port: 0,
    dataFolder,
    region: 'eu-west-3',
    account,
    rootAccessKey,
    log,
    services: ['s3'],
  });
  try {
    await makePolicies(lake);
    const { authority } = lake.service('iam') as IamService;
    const principal: Principal = {
      ...authority.asRole(role, 'lambda.amazonaws.com', 'ana'),
      sessionPolicy: session,
    };
    report('Authority.decide', () => authority.decide(principal, asked, { sourceIp: '127.0.0.1' }));
  } finally {
    await lake.close();
    await rm(dataFolder, { recursive: true, force: true });
  }
}

async function makePolicies(lake: Lake): Promise<void> {
  const { id: accessKeyId, secret: secretAccessKey } = lake.rootAccessKey;
  const config = { endpoint: lake.url, region: lake.region, credentials: { accessKeyId, secretAccessKey } };
  const iam = new IAMClient(config);
  const s3 = new S3Client({ ...config, forcePathStyle: true });
  const AssumeRolePolicyDocument = document([
    { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } },
  ]);
  const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName: 'within', PolicyDocument: boundary }));
  const tags = [{ Key: 'person', Value: 'ana@example.org' }];
  await iam.send(
    new CreateRoleCommand({
      RoleName: 'reader',
      AssumeRolePolicyDocument,
      PermissionsBoundary: Policy?.Arn,
      Tags: tags,
    }),
  );
  const { Statement } = JSON.parse(identity) as { Statement: object[] };
  // IAM takes 10,240 characters of inline policies, and managed ones of 6,144 each.
  for (let at = 0; at < Statement.length; at += MANAGED_STATEMENTS) {
    const PolicyDocument = document(Statement.slice(at, at + MANAGED_STATEMENTS));
    const made = await iam.send(new CreatePolicyCommand({ PolicyName: `part-${at}`, PolicyDocument }));
    await iam.send(new AttachRolePolicyCommand({ RoleName: 'reader', PolicyArn: made.Policy?.Arn }));
  }
  const Bucket = `lake-${count - 1}`;
  await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: bucket }));
}

evaluatorAlone();
await throughAuthority();
console.log(
  `load average ${loadavg()
    .map((load) => load.toFixed(1))
    .join(' ')}`,
);
