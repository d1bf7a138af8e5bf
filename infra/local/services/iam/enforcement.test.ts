/** What a policy can ask of requests: who is passed to whom, which tags they bring, where they come from. */

import {
  EventBridgeClient,
  ListRulesCommand,
  PutRuleCommand,
  PutTargetsCommand,
  TagResourceCommand as TagRule,
} from '@aws-sdk/client-eventbridge';
import {
  CreateDatabaseCommand,
  CreateJobCommand,
  GetJobCommand,
  GetJobsCommand,
  GlueClient,
  ListCrawlersCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-glue';
import { CreateRoleCommand, GetRoleCommand, IAMClient, ListRoleTagsCommand, TagRoleCommand } from '@aws-sdk/client-iam';
import {
  CreateFunctionCommand,
  InvokeCommand,
  LambdaClient,
  ListFunctionsCommand,
  ListTagsCommand,
} from '@aws-sdk/client-lambda';
import { CreateBucketCommand, ListBucketsCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import {
  CreateStateMachineCommand,
  DescribeStateMachineCommand,
  ListStateMachinesCommand,
  SFNClient,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeRole } from '../../testing/make-role.ts';
import { startTestLake, TEST_ACCOUNT, TEST_REGION, type TestLake } from '../../testing/test-lake.ts';
import { makeUser } from './testing.ts';

const DENIED = { name: expect.stringMatching(/^AccessDenied/), message: expect.stringContaining('not authorized') };
const definition = JSON.stringify({ StartAt: 'A', States: { A: { Type: 'Pass', End: true } } });
const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Principal: { Service: 'glue.amazonaws.com' }, Action: 'sts:AssumeRole' },
});
const arn = (service: string, resource: string) => `arn:aws:${service}:${TEST_REGION}:${TEST_ACCOUNT}:${resource}`;

let lake: TestLake;
let users = 0;
beforeAll(async () => {
  lake = await startTestLake({ services: ['s3', 'glue', 'lambda', 'states', 'events'] });
});
afterAll(() => lake.close());

/** A new user's configuration for clients, who may do what the statements say. */
const userWith = async (...statements: object[]) =>
  makeUser(
    lake,
    `user-${users++}`,
    statements.map((statement) => ({ Effect: 'Allow', Resource: '*', ...statement })),
  );

describe('passing a role', () => {
  const toService = (service: string) => ({
    Action: 'iam:PassRole',
    Condition: { StringEquals: { 'iam:PassedToService': service } },
  });

  it.each([
    ['to a function', 'lambda.amazonaws.com', 'lambda:CreateFunction'],
    ['to a job, by its ARN', 'glue.amazonaws.com', 'glue:CreateJob'],
    ['to a job, by its name', 'glue.amazonaws.com', 'glue:CreateJob'],
    ['to a state machine', 'states.amazonaws.com', 'states:CreateStateMachine'],
    ['to a rule', 'events.amazonaws.com', 'events:PutRule'],
    ["to a rule's target", 'events.amazonaws.com', 'events:PutTargets'],
  ])('%s is a permission for that service', async (name, service, action) => {
    const role = await makeRole(lake, `passed-${users}`, service);
    const machine = arn('states', 'stateMachine:none');
    const use = async (config: TestLake['clientConfig']): Promise<unknown> => {
      const code = { ZipFile: Buffer.from('not a zip') };
      if (name === 'to a function')
        return new LambdaClient(config).send(
          new CreateFunctionCommand({
            FunctionName: 'f',
            Role: role,
            Code: code,
            Runtime: 'nodejs24.x',
            Handler: 'i.h',
          }),
        );
      if (name.startsWith('to a job')) {
        const Role = name.endsWith('name') ? role.split('/').at(-1) : role;
        const Command = { Name: 'glueetl', ScriptLocation: 's3://scripts/a.py' };
        return new GlueClient(config).send(new CreateJobCommand({ Name: `job-${users}`, Role, Command }));
      }
      if (name === 'to a state machine')
        return new SFNClient(config).send(
          new CreateStateMachineCommand({ name: `m-${users}`, definition, roleArn: role }),
        );
      const events = new EventBridgeClient(config);
      if (name === 'to a rule')
        return events.send(new PutRuleCommand({ Name: `r-${users}`, EventPattern: '{"source":["x"]}', RoleArn: role }));
      await new EventBridgeClient(lake.clientConfig).send(
        new PutRuleCommand({ Name: 'targeted', EventPattern: '{"source":["x"]}' }),
      );
      return events.send(
        new PutTargetsCommand({ Rule: 'targeted', Targets: [{ Id: 'a', Arn: machine, RoleArn: role }] }),
      );
    };
    for (const other of ['ec2.amazonaws.com', undefined]) {
      const config = await userWith({ Action: action }, ...(other ? [toService(other)] : []));
      await expect(use(config)).rejects.toMatchObject({ message: expect.stringContaining('iam:PassRole') });
    }
    const passing = use(await userWith({ Action: action }, toService(service)));
    // The function's package is refused for what it is, and no longer its role.
    await (name === 'to a function' ? expect(passing).rejects.toThrow(/zip/i) : passing);
  });
});

describe('tags', () => {
  const onlyTeam = (Action: string | string[]) => ({
    Action,
    Condition: {
      StringEquals: { 'aws:RequestTag/team': 'data' },
      'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'] },
    },
  });
  const team = { team: 'data' };

  it('that a request brings can be required, and others refused', async () => {
    const iam = new IAMClient(await userWith(onlyTeam(['iam:CreateRole', 'iam:TagRole'])));
    const create = (RoleName: string, Tags: { Key: string; Value: string }[]) =>
      iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust, Tags }));
    await create('tagged', [{ Key: 'team', Value: 'data' }]);
    await expect(create('wrong', [{ Key: 'team', Value: 'ops' }])).rejects.toMatchObject(DENIED);
    await expect(create('bare', [])).rejects.toMatchObject(DENIED);
    const both = [
      { Key: 'team', Value: 'data' },
      { Key: 'cost', Value: '1' },
    ];
    await expect(create('more', both)).rejects.toMatchObject(DENIED);
    const glue = new GlueClient(await userWith(onlyTeam('glue:CreateDatabase')));
    await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: 'tagged' }, Tags: team }));
    const bare = new CreateDatabaseCommand({ DatabaseInput: { Name: 'bare' } });
    await expect(glue.send(bare)).rejects.toMatchObject(DENIED);
  });

  it('need the permission to tag, where something is made with them', async () => {
    const iam = new IAMClient(await userWith({ Action: 'iam:CreateRole' }));
    const command = new CreateRoleCommand({
      RoleName: 'untagged',
      AssumeRolePolicyDocument: trust,
      Tags: [{ Key: 'team', Value: 'data' }],
    });
    await expect(iam.send(command)).rejects.toThrow('iam:TagRole');
  });

  it('may be taken away only by their names', async () => {
    const config = await userWith({
      Action: 'glue:UntagResource',
      Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['draft'] } },
    });
    const remove = (key: string) =>
      new GlueClient(config).send(
        new UntagResourceCommand({ ResourceArn: arn('glue', 'database/tagged'), TagsToRemove: [key] }),
      );
    await remove('draft');
    await expect(remove('team')).rejects.toMatchObject(DENIED);
  });

  it('of the resource decide', async () => {
    const root = lake.clientConfig;
    const [tags, Tags] = [[{ key: 'team', value: 'data' }], [{ Key: 'team', Value: 'data' }]];
    const machines = new SFNClient(root);
    const roleArn = await makeRole(lake, 'machines', 'states.amazonaws.com');
    const made = await machines.send(new CreateStateMachineCommand({ name: 'ours', definition, roleArn, tags }));
    const others = await machines.send(new CreateStateMachineCommand({ name: 'theirs', definition, roleArn }));
    await new IAMClient(root).send(new TagRoleCommand({ RoleName: 'machines', Tags }));
    const rules = new EventBridgeClient(root);
    const { RuleArn } = await rules.send(new PutRuleCommand({ Name: 'ours', EventPattern: '{"source":["x"]}', Tags }));
    const config = await userWith({
      Action: ['states:DescribeStateMachine', 'iam:ListRoleTags', 'iam:GetRole', 'events:TagResource'],
      Condition: { StringEquals: { 'aws:ResourceTag/Team': 'data' } },
    });
    const read = (stateMachineArn: string | undefined) =>
      new SFNClient(config).send(new DescribeStateMachineCommand({ stateMachineArn }));
    await read(made.stateMachineArn);
    await expect(read(others.stateMachineArn)).rejects.toMatchObject(DENIED);
    await new IAMClient(config).send(new ListRoleTagsCommand({ RoleName: 'machines' }));
    await expect(new IAMClient(config).send(new GetRoleCommand({ RoleName: 'tagged-not' }))).rejects.toMatchObject(
      DENIED,
    );
    await new EventBridgeClient(config).send(new TagRule({ ResourceARN: RuleArn, Tags }));
  });
});

describe('what has no resource', () => {
  const listing: [string, string, (config: TestLake['clientConfig']) => Promise<unknown>][] = [
    ['glue:GetJobs', arn('glue', 'job/*'), (config) => new GlueClient(config).send(new GetJobsCommand({}))],
    [
      'glue:ListCrawlers',
      arn('glue', 'crawler/*'),
      (config) => new GlueClient(config).send(new ListCrawlersCommand({})),
    ],
    [
      'events:ListRules',
      arn('events', 'rule/*'),
      (config) => new EventBridgeClient(config).send(new ListRulesCommand({})),
    ],
    [
      'states:ListStateMachines',
      arn('states', 'stateMachine:*'),
      (config) => new SFNClient(config).send(new ListStateMachinesCommand({})),
    ],
    [
      'lambda:ListFunctions',
      arn('lambda', 'function:*'),
      (config) => new LambdaClient(config).send(new ListFunctionsCommand({})),
    ],
    ['s3:ListAllMyBuckets', 'arn:aws:s3:::*', (config) => new S3Client(config).send(new ListBucketsCommand({}))],
  ];
  it.each(listing)('can be allowed on * alone: %s', async (Action, Resource, list) => {
    await expect(list(await userWith({ Action, Resource }))).rejects.toMatchObject(DENIED);
    await list(await userWith({ Action }));
  });
});

it('where a request comes from can be asked of every service', async () => {
  await new S3Client(lake.clientConfig).send(new CreateBucketCommand({ Bucket: 'asked' }));
  const from = (range: string) => ({
    Action: ['s3:ListBucket', 'lambda:ListTags', 'lambda:InvokeFunction', 'glue:GetJob'],
    Condition: { IpAddress: { 'aws:SourceIp': range }, StringLike: { 'aws:UserAgent': 'aws-sdk-js/*' } },
  });
  const attempts = (config: TestLake['clientConfig']) => [
    new S3Client(config).send(new ListObjectsV2Command({ Bucket: 'asked' })),
    new LambdaClient(config).send(new ListTagsCommand({ Resource: arn('lambda', 'function:none') })),
    new LambdaClient(config).send(new InvokeCommand({ FunctionName: 'none' })),
    new GlueClient(config).send(new GetJobCommand({ JobName: 'none' })),
  ];
  const names = async (range: string) => {
    const ended = await Promise.allSettled(attempts(await userWith(from(range))));
    return ended.map((end) => (end.status === 'rejected' ? (end.reason as Error).name : 'fine'));
  };
  expect(await names('127.0.0.0/8')).toEqual([
    'fine',
    'ResourceNotFoundException',
    'ResourceNotFoundException',
    'EntityNotFoundException',
  ]);
  for (const name of await names('10.0.0.0/8')) expect(name).toMatch(/^AccessDenied/);
});
