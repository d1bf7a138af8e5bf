/** A template with a rule that calls a function by the clock. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestLake, TEST_ACCOUNT, TEST_REGION, type TestLake } from '../testing/test-lake.ts';
import { provision } from './provision.ts';

const Resources = {
  Role: {
    Type: 'AWS::IAM::Role',
    Properties: {
      RoleName: 'ticker',
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
      },
    },
  },
  Function: {
    Type: 'AWS::Lambda::Function',
    Properties: {
      FunctionName: 'ticker',
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
      Code: { S3Bucket: 'code', S3Key: 'ticker.zip' },
    },
  },
  Rule: {
    Type: 'AWS::Events::Rule',
    Properties: {
      Name: 'every-minute',
      ScheduleExpression: 'rate(1 minute)',
      State: 'ENABLED',
      Targets: [{ Id: 'Target0', Arn: { 'Fn::GetAtt': ['Function', 'Arn'] }, Input: '{"schedule":true}' }],
    },
  },
  Permission: {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      Action: 'lambda:InvokeFunction',
      FunctionName: { 'Fn::GetAtt': ['Function', 'Arn'] },
      Principal: 'events.amazonaws.com',
      SourceArn: { 'Fn::GetAtt': ['Rule', 'Arn'] },
    },
  },
};

let lake: TestLake;
let assembly: string;
let aheadMs = 0;

beforeAll(async () => {
  assembly = await mkdtemp(path.join(tmpdir(), 'lacustre-template-'));
  await writeFile(path.join(assembly, 'Ticker.template.json'), JSON.stringify({ Resources }));
  await writeFile(path.join(assembly, 'Ticker.assets.json'), JSON.stringify({ files: {} }));
  lake = await startTestLake({ services: ['lambda', 'events'], clock: () => Date.now() + aheadMs });
  const s3 = new S3Client(lake.clientConfig);
  await s3.send(new CreateBucketCommand({ Bucket: 'code' }));
  const code = 'export const handler = async (event) => console.log("got " + JSON.stringify(event))';
  const Body = zipSync({ 'index.mjs': strToU8(code) });
  await s3.send(new PutObjectCommand({ Bucket: 'code', Key: 'ticker.zip', Body }));
  s3.destroy();
});
afterAll(async () => {
  await lake.close();
  await rm(assembly, { recursive: true, force: true });
});

test('the function is called when its time has come, also after the template was provisioned again', async () => {
  const { url: endpoint, clientConfig } = lake;
  const target = { endpoint, region: TEST_REGION, credentials: clientConfig.credentials, account: TEST_ACCOUNT };
  for (let times = 0; times < 2; times++) await provision({ ...target, assembly, stackName: 'Ticker' });
  aheadMs = 60_000;
  const logs = new CloudWatchLogsClient(clientConfig);
  const find = new FilterLogEventsCommand({ logGroupName: '/aws/lambda/ticker', filterPattern: 'got' });
  const got = async () => (await logs.send(find)).events?.map(({ message }) => message) ?? [];
  await expect
    .poll(() => got().catch(() => []), { timeout: 20_000 })
    .toEqual([expect.stringContaining('{"schedule":true}')]);
  logs.destroy();
});
