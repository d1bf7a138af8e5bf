import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient } from '@aws-sdk/client-iam';
import {
  AddPermissionCommand,
  CreateFunctionCommand,
  type CreateFunctionCommandInput,
  DeleteFunctionCommand,
  GetFunctionCommand,
  GetPolicyCommand,
  InvokeCommand,
  LambdaClient,
  ListFunctionsCommand,
  ListTagsCommand,
  RemovePermissionCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeRole } from '../../testing/make-role.ts';
import { startTestLake, type TestLake } from '../../testing/test-lake.ts';

const HANDLER = `
  import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
  let count = 0;
  export const handler = async (event, context) => {
    if (event.spin) for (;;) {}
    if (event.hang) await new Promise(() => {});
    if (event.fail) throw new TypeError('bad row');
    if (event.exit) process.exit(3);
    if (event.eat) { const all = []; for (;;) all.push(new Array(1e6).fill(1)); }
    if (event.reject) { Promise.reject(new Error('nobody listens')); await new Promise(() => {}); }
    if (event.late) setTimeout(() => { throw new Error('later'); }, 5);
    if (event.wait) await new Promise((resolve) => setTimeout(resolve, event.wait));
    if (event.who) return (await new STSClient().send(new GetCallerIdentityCommand())).Arn;
    if (event.env) return process.env;
    if (event.say) console.log('said %s', event.say);
    return { count: ++count, echo: event, name: context.functionName, left: context.getRemainingTimeInMillis() > 0 };
  };`;

let lake: TestLake;
let lambda: LambdaClient;
let role: string;

function zip(files: Record<string, string>): Uint8Array {
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));
}

async function create(name: string, source = HANDLER, more: Partial<CreateFunctionCommandInput> = {}): Promise<void> {
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: name,
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Role: role,
      Code: { ZipFile: zip({ 'index.mjs': source }) },
      ...more,
    }),
  );
}

async function invoke(
  name: string,
  event: unknown = {},
): Promise<{ error?: string | undefined; payload: unknown; log: string }> {
  const {
    FunctionError,
    Payload,
    LogResult = '',
  } = await lambda.send(new InvokeCommand({ FunctionName: name, Payload: JSON.stringify(event), LogType: 'Tail' }));
  const text = Buffer.from(Payload ?? []).toString();
  return { error: FunctionError, payload: JSON.parse(text), log: Buffer.from(LogResult, 'base64').toString() };
}

beforeAll(async () => {
  lake = await startTestLake({ services: ['lambda'] });
  lambda = new LambdaClient(lake.clientConfig);
  role = await makeRole(lake, 'function-role', 'lambda.amazonaws.com');
  await create('main', HANDLER, { Timeout: 1, MemorySize: 128, Environment: { Variables: { COLOUR: 'blue' } } });
});

afterAll(async () => {
  lambda.destroy();
  await lake.close();
});

describe('refuses', () => {
  it.each<[string, Partial<CreateFunctionCommandInput>, string, RegExp]>([
    [
      'a package that leaves its folder',
      { Code: { ZipFile: zip({ '../evil.mjs': '' }) } },
      'InvalidParameterValueException',
      /leaves its folder: "\.\.\/evil\.mjs"/,
    ],
    [
      'what is no zip',
      { Code: { ZipFile: strToU8('not a zip') } },
      'InvalidParameterValueException',
      /^Could not unzip uploaded file/,
    ],
    ['an empty zip', { Code: { ZipFile: zip({}) } }, 'InvalidParameterValueException', /non-empty zip|Could not unzip/],
    ['a runtime it has not', { Runtime: 'python3.13' }, 'InvalidParameterValueException', /nodejs24\.x/],
    [
      'a variable that is Lambda’s own',
      { Environment: { Variables: { AWS_REGION: 'x' } } },
      'InvalidParameterValueException',
      /Reserved keys used in this request: AWS_REGION/,
    ],
    ['layers', { Layers: ['arn:x'] }, 'InvalidParameterValueException', /does not support/],
    ['a handler outside of the package', { Handler: '../x.handler' }, 'InvalidParameterValueException', /Handler/],
    [
      'a role that is not there',
      { Role: 'arn:aws:iam::000000000000:role/nobody' },
      'InvalidParameterValueException',
      /cannot be assumed by Lambda/,
    ],
    [
      'code that is not in S3',
      { Code: { S3Bucket: 'nowhere', S3Key: 'x.zip' } },
      'InvalidParameterValueException',
      /NoSuchKey/,
    ],
    [
      'a second function of the same name',
      { FunctionName: 'main' },
      'ResourceConflictException',
      /^Function already exist: main$/,
    ],
  ])('%s', async (_, more, name, message) => {
    await expect(create('refused', HANDLER, more)).rejects.toMatchObject({
      name,
      message: expect.stringMatching(message),
    });
  });

  it('to invoke what is not there, or is no JSON', async () => {
    await expect(invoke('nobody')).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Function not found: arn:aws:lambda:eu-west-3:000000000000:function:nobody',
    });
    await expect(lambda.send(new InvokeCommand({ FunctionName: 'main', Payload: '{' }))).rejects.toMatchObject({
      name: 'InvalidRequestContentException',
    });
    await expect(lambda.send(new InvokeCommand({ FunctionName: 'main', Qualifier: '7' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  it('a person whose policies do not allow it', async () => {
    const iam = new IAMClient(lake.clientConfig);
    await iam.send(new CreateUserCommand({ UserName: 'stranger' }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'stranger' }));
    iam.destroy();
    const credentials = {
      accessKeyId: AccessKey?.AccessKeyId ?? '',
      secretAccessKey: AccessKey?.SecretAccessKey ?? '',
    };
    const stranger = new LambdaClient({ ...lake.clientConfig, credentials });
    await expect(stranger.send(new InvokeCommand({ FunctionName: 'main' }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringMatching(
        /user\/stranger is not authorized to perform: lambda:InvokeFunction on resource: arn:aws:lambda:eu-west-3:000000000000:function:main/,
      ),
    });
    stranger.destroy();
  });
});

describe('runs the function', () => {
  it('with its event, its context and a sandbox that stays', async () => {
    const first = await invoke('main', { x: 1 });
    const second = await invoke('main', { x: 2 });
    expect(first.payload).toMatchObject({ echo: { x: 1 }, name: 'main', left: true });
    expect((second.payload as { count: number }).count).toBe((first.payload as { count: number }).count + 1);
  });

  it('as its role, with its own variables and none of the lake’s', async () => {
    process.env.LAKE_SECRET = 'host';
    expect((await invoke('main', { who: true })).payload).toBe(
      'arn:aws:sts::000000000000:assumed-role/function-role/main',
    );
    const { payload } = await invoke('main', { env: true });
    expect(payload).toMatchObject({
      COLOUR: 'blue',
      AWS_REGION: 'eu-west-3',
      AWS_ENDPOINT_URL: lake.url,
      AWS_LAMBDA_FUNCTION_NAME: 'main',
    });
    expect(Object.keys(payload as object)).not.toEqual(expect.arrayContaining(['LAKE_SECRET']));
    expect(Object.keys(payload as object)).not.toEqual(expect.arrayContaining(['PATH']));
    delete process.env.LAKE_SECRET;
  });

  it('and tells what it threw', async () => {
    const { error, payload, log } = await invoke('main', { fail: true });
    expect(error).toBe('Unhandled');
    expect(payload).toMatchObject({
      errorType: 'TypeError',
      errorMessage: 'bad row',
      trace: expect.arrayContaining(['TypeError: bad row']),
    });
    expect(log).toMatch(/ERROR\tInvoke Error/);
  });

  it.each([
    ['hangs', { hang: true }, 'Sandbox.Timedout', /^RequestId: [\w-]+ Error: Task timed out after 1\.00 seconds$/],
    ['spins', { spin: true }, 'Sandbox.Timedout', /Task timed out after 1\.00 seconds$/],
    ['exits', { exit: true }, 'Runtime.ExitError', /Runtime exited with error: exit status 3$/],
    ['rejects where nobody listens', { reject: true }, 'Runtime.UnhandledPromiseRejection', /^nobody listens$/],
    ['throws where nobody catches', { late: true, wait: 500 }, 'Error', /^later$/],
  ])('and goes on after one that %s', async (_, event, errorType, message) => {
    const { error, payload } = await invoke('main', event);
    expect(error).toBe('Unhandled');
    expect(payload).toMatchObject({ errorType, errorMessage: expect.stringMatching(message) });
    expect((await invoke('main', { x: 3 })).payload).toMatchObject({ echo: { x: 3 } });
  });

  it('and goes on after one that eats all memory', async () => {
    // Eating takes longer than a second where others eat too.
    await create('greedy', HANDLER, { Timeout: 30, MemorySize: 128 });
    expect(await invoke('greedy', { eat: true })).toMatchObject({
      error: 'Unhandled',
      payload: {
        errorType: 'Runtime.OutOfMemory',
        errorMessage: expect.stringMatching(/Runtime exited with error: signal: killed$/),
      },
    });
    expect((await invoke('greedy', { x: 3 })).payload).toMatchObject({ echo: { x: 3 } });
  });

  it('several at the same time', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lacustre-meet-'));
    const source = `
      import { readdirSync, writeFileSync } from 'node:fs';
      export const handler = async ({ folder, x }) => {
        writeFileSync(folder + '/' + x, '');
        while (readdirSync(folder).length < 3) await new Promise((resolve) => setTimeout(resolve, 10));
        return x;
      };`;
    await create('meeting', source, { Timeout: 30 });
    const all = await Promise.all([1, 2, 3].map((x) => invoke('meeting', { folder, x })));
    expect(all.map(({ payload }) => payload)).toEqual([1, 2, 3]);
    await rm(folder, { recursive: true });
  });

  it('quickly when it is warm', async () => {
    await invoke('main');
    const call = () =>
      lake.lake.call<{ StatusCode: number }>(
        'lambda',
        'Invoke',
        { FunctionName: 'main', Payload: { x: 1 } },
        rootPrincipal,
      );
    for (let i = 0; i < 50; i += 1) await call();
    const started = performance.now();
    for (let i = 0; i < 200; i += 1) await call();
    expect((performance.now() - started) / 200).toBeLessThan(5);
  });

  it('and keeps its log', async () => {
    const { log } = await invoke('main', { say: 'hello' });
    expect(log).toMatch(
      /^START RequestId: ([\w-]+) Version: \$LATEST\n\S+Z\t\1\tINFO\tsaid hello\nEND RequestId: \1\nREPORT RequestId: \1\tDuration: [\d.]+ ms\tBilled Duration: \d+ ms\tMemory Size: 128 MB\tMax Memory Used: \d+ MB/,
    );
    const logs = new CloudWatchLogsClient(lake.clientConfig);
    const said = new FilterLogEventsCommand({ logGroupName: '/aws/lambda/main', filterPattern: '"said hello"' });
    await expect
      .poll(async () => (await logs.send(said)).events)
      .toEqual([
        expect.objectContaining({
          logStreamName: expect.stringMatching(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/),
        }),
      ]);
    logs.destroy();
  });

  it('later, when asked to', async () => {
    expect(await lambda.send(new InvokeCommand({ FunctionName: 'main', InvocationType: 'DryRun' }))).toMatchObject({
      StatusCode: 204,
    });
    expect(
      await lambda.send(
        new InvokeCommand({ FunctionName: 'main', InvocationType: 'Event', Payload: '{"say":"in time"}' }),
      ),
    ).toMatchObject({ StatusCode: 202 });
    const logs = new CloudWatchLogsClient(lake.clientConfig);
    await expect
      .poll(
        async () =>
          (
            await logs.send(
              new FilterLogEventsCommand({ logGroupName: '/aws/lambda/main', filterPattern: '"in time"' }),
            )
          ).events?.length,
      )
      .toBe(1);
    logs.destroy();
  });
});

describe('a package', () => {
  it('may be CommonJS, and has files beside its entry', async () => {
    const files = {
      'app/main.js': "exports.run = async () => require('./data.json').n + require('node:path').sep.length;",
      'app/data.json': '{"n":41}',
    };
    await create('common', '', { Handler: 'app/main.run', Code: { ZipFile: zip(files) } });
    expect((await invoke('common')).payload).toBe(42);
  });

  it('may be in S3', async () => {
    const s3 = new S3Client(lake.clientConfig);
    await s3.send(new CreateBucketCommand({ Bucket: 'code' }));
    await s3.send(
      new PutObjectCommand({
        Bucket: 'code',
        Key: 'f.zip',
        Body: zip({ 'index.mjs': 'export const handler = async () => 1' }),
      }),
    );
    s3.destroy();
    await create('in-s3', '', { Code: { S3Bucket: 'code', S3Key: 'f.zip' } });
    expect((await invoke('in-s3')).payload).toBe(1);
  });

  it.each([
    [
      'without the handler',
      'export const other = 1',
      'Runtime.HandlerNotFound',
      'index.handler is undefined or not exported',
    ],
    [
      'with a callback',
      'export const handler = (event, context, callback) => callback(null, 1)',
      'Runtime.CallbackHandlerDeprecated',
      /callback-based/,
    ],
    ['that does not parse', 'export const handler = ;', 'SyntaxError', /Unexpected token/],
    [
      'that imports what is not there',
      "import 'nothing-here'; export const handler = async () => 1",
      'Error',
      /nothing-here/,
    ],
  ])('%s tells so', async (what, source, errorType, message) => {
    const name = `broken-${what.replaceAll(' ', '-')}`;
    await create(name, source);
    const { error, payload } = await invoke(name);
    expect(error).toBe('Unhandled');
    expect(payload).toMatchObject({ errorType, errorMessage: expect.stringMatching(message) });
  });

  it('and its configuration can be changed', async () => {
    await create('changing', 'export const handler = async () => process.env.VALUE ?? "one"');
    expect((await invoke('changing')).payload).toBe('one');
    await lambda.send(
      new UpdateFunctionConfigurationCommand({
        FunctionName: 'changing',
        Environment: { Variables: { VALUE: 'two' } },
        MemorySize: 256,
      }),
    );
    await waitUntilFunctionUpdatedV2({ client: lambda, maxWaitTime: 5 }, { FunctionName: 'changing' });
    expect((await invoke('changing')).payload).toBe('two');
    await lambda.send(
      new UpdateFunctionCodeCommand({
        FunctionName: 'changing',
        ZipFile: zip({ 'index.mjs': 'export const handler = async () => "three"' }),
      }),
    );
    expect((await invoke('changing')).payload).toBe('three');
    expect((await lambda.send(new GetFunctionCommand({ FunctionName: 'changing' }))).Configuration).toMatchObject({
      MemorySize: 256,
      State: 'Active',
      LastUpdateStatus: 'Successful',
      Runtime: 'nodejs24.x',
    });
  });
});

it('lists, tags, permits and deletes functions', async () => {
  await create('short-lived');
  const first = await lambda.send(new ListFunctionsCommand({ MaxItems: 1 }));
  const rest = await lambda.send(new ListFunctionsCommand({ Marker: first.NextMarker }));
  expect([...(first.Functions ?? []), ...(rest.Functions ?? [])].map(({ FunctionName }) => FunctionName)).toEqual(
    expect.arrayContaining(['main', 'short-lived']),
  );

  const Resource = 'arn:aws:lambda:eu-west-3:000000000000:function:short-lived';
  await lambda.send(new TagResourceCommand({ Resource, Tags: { team: 'lake', x: 'y' } }));
  await lambda.send(new UntagResourceCommand({ Resource, TagKeys: ['x'] }));
  expect((await lambda.send(new ListTagsCommand({ Resource }))).Tags).toEqual({ team: 'lake' });

  const permission = {
    FunctionName: 'short-lived',
    StatementId: 'events',
    Action: 'lambda:InvokeFunction',
    Principal: 'events.amazonaws.com',
  };
  await lambda.send(new AddPermissionCommand(permission));
  await expect(lambda.send(new AddPermissionCommand(permission))).rejects.toMatchObject({
    name: 'ResourceConflictException',
  });
  const { Policy = '' } = await lambda.send(new GetPolicyCommand({ FunctionName: 'short-lived' }));
  expect(JSON.parse(Policy).Statement).toEqual([
    {
      Sid: 'events',
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Action: 'lambda:InvokeFunction',
      Resource,
    },
  ]);
  await lambda.send(new RemovePermissionCommand({ FunctionName: 'short-lived', StatementId: 'events' }));
  await expect(lambda.send(new GetPolicyCommand({ FunctionName: 'short-lived' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });

  await lambda.send(new DeleteFunctionCommand({ FunctionName: 'short-lived' }));
  await expect(invoke('short-lived')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

const rootPrincipal = {
  type: 'Root',
  arn: 'arn:aws:iam::000000000000:root',
  accountId: '000000000000',
  userId: '000000000000',
} as const;
