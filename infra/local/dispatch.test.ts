import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  DescribeMetricFiltersCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { type OperationService, operation } from './service.ts';
import { startTestLake, type TestLake } from './testing/test-lake.ts';

let lake: TestLake;
let logs: CloudWatchLogsClient;
beforeAll(async () => {
  lake = await startTestLake();
  logs = new CloudWatchLogsClient({ ...lake.clientConfig, maxAttempts: 1 });
});
afterAll(() => lake.close());

/** Lets an operation of the logs service fail as no input can make it. */
function breakOperation(error: unknown): () => void {
  const { operations } = lake.service('logs') as OperationService;
  const original = operations.DescribeLogGroups;
  operations.DescribeLogGroups = operation({
    input: z.unknown(),
    access: () => [],
    run: () => {
      throw error;
    },
  });
  return () => {
    if (original) operations.DescribeLogGroups = original;
  };
}

it('tells a bug by its request id only, and logs it whole', async () => {
  const mend = breakOperation(new Error('a secret of the house'));
  const error = await logs.send(new DescribeLogGroupsCommand({})).catch((reason: unknown) => reason);
  expect(error).toMatchObject({
    name: 'InternalFailure',
    $metadata: { httpStatusCode: 500, requestId: expect.any(String) },
  });
  const { requestId } = (error as { $metadata: { requestId: string } }).$metadata;
  expect((error as Error).message).toBe(`We encountered an internal error (request ${requestId}). Please try again.`);
  expect(lake.logged.find((line) => line.includes(requestId))).toContain('a secret of the house');
  mend();
});

it('says what to do when the disk is full', async () => {
  const mend = breakOperation(Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' }));
  await expect(logs.send(new DescribeLogGroupsCommand({}))).rejects.toMatchObject({
    name: 'ServiceUnavailable',
    message: expect.stringMatching(/^No space left on device: free some space where .* is kept, and retry\.$/),
    $metadata: { httpStatusCode: 503 },
  });
  mend();
});

it('refuses an operation it does not have, and logs its name', async () => {
  await expect(logs.send(new DescribeMetricFiltersCommand({}))).rejects.toMatchObject({
    name: 'UnknownOperationException',
  });
  expect(lake.logged.join()).toContain('"operation":"DescribeMetricFilters"');
});

it('refuses a service it does not have', async () => {
  const headers = { 'x-amz-target': 'Kinesis_20131202.ListStreams', 'content-type': 'application/x-amz-json-1.1' };
  // Signed or not, there is nobody to ask.
  const answer = await fetch(lake.url, { method: 'POST', headers, body: '{}' });
  expect(answer.status).toBe(400);
});

it('refuses a body that is not JSON, after its signature', async () => {
  const client = new CloudWatchLogsClient(lake.clientConfig);
  client.middlewareStack.add(
    (next) => (args) => {
      (args.request as { body: unknown }).body = '{{';
      return next(args);
    },
    { step: 'build', priority: 'low' },
  );
  await expect(client.send(new DescribeLogGroupsCommand({}))).rejects.toMatchObject({ name: 'SerializationException' });
});

it('names the member that is wrong', async () => {
  await expect(logs.send(new DescribeLogGroupsCommand({ limit: 51 }))).rejects.toMatchObject({
    name: 'InvalidParameterException',
    message: expect.stringMatching(
      /^1 validation error detected: Value '51' at 'limit' failed to satisfy constraint: /,
    ),
  });
});

it('gives every answer a request id', async () => {
  const { $metadata } = await new STSClient(lake.clientConfig).send(new GetCallerIdentityCommand({}));
  expect($metadata.requestId).toMatch(/^[0-9a-f-]{36}$/);
});
