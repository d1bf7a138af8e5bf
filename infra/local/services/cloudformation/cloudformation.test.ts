import {
  CloudFormationClient,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  ListStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestLake, type TestLake } from '../../testing/test-lake.ts';

const stack = {
  name: 'Lacustre',
  outputs: { RawBucket: 'lacustre-raw', Database: 'retail' },
  resources: [{ logicalId: 'Raw', physicalId: 'lacustre-raw', type: 'AWS::S3::Bucket' }],
  templateHash: 'abc',
};

let lake: TestLake;
let client: CloudFormationClient;
beforeAll(async () => {
  lake = await startTestLake();
  client = new CloudFormationClient(lake.clientConfig);
});
afterAll(() => lake.close());

it('knows no stack before one is recorded', async () => {
  await expect(client.send(new DescribeStacksCommand({ StackName: 'Lacustre' }))).rejects.toMatchObject({
    name: 'ValidationError',
    message: 'Stack with id Lacustre does not exist',
  });
  expect((await client.send(new DescribeStacksCommand({}))).Stacks).toEqual([]);
});

it('answers outputs and resources of a recorded stack, by name and by ARN', async () => {
  await lake.lake.recordStack(stack);
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: 'Lacustre' }));
  expect(Stacks).toMatchObject([
    {
      StackName: 'Lacustre',
      StackStatus: 'CREATE_COMPLETE',
      Outputs: [
        { OutputKey: 'RawBucket', OutputValue: 'lacustre-raw' },
        { OutputKey: 'Database', OutputValue: 'retail' },
      ],
    },
  ]);
  const { StackResources } = await client.send(new DescribeStackResourcesCommand({ StackName: Stacks?.[0]?.StackId }));
  expect(StackResources).toMatchObject([
    { LogicalResourceId: 'Raw', PhysicalResourceId: 'lacustre-raw', ResourceType: 'AWS::S3::Bucket' },
  ]);
});

it('keeps the identity of a stack that is recorded again', async () => {
  const before = (await client.send(new ListStacksCommand({}))).StackSummaries;
  await lake.lake.recordStack({ ...stack, templateHash: 'def' });
  const after = (await client.send(new ListStacksCommand({ StackStatusFilter: ['UPDATE_COMPLETE'] }))).StackSummaries;
  expect(after?.map(({ StackId }) => StackId)).toEqual(before?.map(({ StackId }) => StackId));
  expect(lake.lake.stack('Lacustre')?.templateHash).toBe('def');
});

it('refuses to change a stack', async () => {
  await expect(
    client.send(new UpdateStackCommand({ StackName: 'Lacustre', TemplateBody: '{}' })),
  ).rejects.toMatchObject({ name: 'InvalidAction' });
});
