/** A lake with the buckets, the role and the job of the pipeline, for tests of jobs and crawlers. */
import { CloudWatchLogsClient, GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  CreateDatabaseCommand,
  CreateJobCommand,
  CreateTableCommand,
  GetJobRunCommand,
  GlueClient,
  type JobRun,
  StartJobRunCommand,
} from '@aws-sdk/client-glue';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { parquetReadObjects } from 'hyparquet';
import { describeType } from '../../../../lib/languages/contract/column-type.ts';
import { type Contract, contractKey } from '../../../../lib/languages/contract/contract.ts';
import type { FileFormat } from '../../../../lib/languages/contract/format.ts';
import type { TransformReport } from '../../../../lib/languages/contract/transform-report.ts';
import { startTestLake, type TestLake, type TestLakeOptions } from '../../testing/test-lake.ts';

export const buckets = { raw: 'test-raw', processed: 'test-processed', results: 'test-results' };
export const jobName = 'lacustre-transform';
const accountId = '000000000000';
export const jobRole = `arn:aws:iam::${accountId}:role/test-glue-role`;

export interface TransformRequest {
  key: string;
  versionId: string;
  sequencer: string;
  format: FileFormat;
  mode?: 'write' | 'stage' | 'publish' | 'remove';
  graph?: string;
  execution?: string;
}

export interface Outcome {
  run: JobRun;
  report: TransformReport | undefined;
}

export class GlueLake {
  readonly lake: TestLake;
  readonly s3: S3Client;
  readonly glue: GlueClient;
  readonly iam: IAMClient;
  #executions = 0;

  constructor(lake: TestLake) {
    this.lake = lake;
    this.s3 = new S3Client(lake.clientConfig);
    this.glue = new GlueClient({ ...lake.clientConfig, maxAttempts: 1 });
    this.iam = new IAMClient(lake.clientConfig);
  }

  static async start(options: TestLakeOptions = {}): Promise<GlueLake> {
    const lake = new GlueLake(await startTestLake({ services: ['s3', 'glue'], ...options }));
    await lake.#provision();
    return lake;
  }

  async close(): Promise<void> {
    for (const client of [this.s3, this.glue, this.iam]) client.destroy();
    await this.lake.close();
  }

  async upload(key: string, body: string | Uint8Array): Promise<{ versionId: string; sequencer: string }> {
    const { VersionId = '' } = await this.s3.send(new PutObjectCommand({ Bucket: buckets.raw, Key: key, Body: body }));
    return { versionId: VersionId, sequencer: this.nextSequencer() };
  }

  async remove(key: string): Promise<{ versionId: string; sequencer: string }> {
    const { VersionId = '' } = await this.s3.send(new DeleteObjectCommand({ Bucket: buckets.raw, Key: key }));
    return { versionId: VersionId, sequencer: this.nextSequencer() };
  }

  nextSequencer(): string {
    this.#executions++;
    return this.#executions.toString(16).toUpperCase().padStart(18, '0');
  }

  async putContract(dataset: string, columns: [name: string, type: string, required?: boolean][]): Promise<void> {
    await this.put(buckets.processed, contractKey(dataset), JSON.stringify(contractOf(dataset, columns)));
  }

  async put(bucket: string, key: string, body: string | Uint8Array): Promise<void> {
    await this.s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
  }

  async read(Bucket: string, Key: string): Promise<Uint8Array> {
    const { Body } = await this.s3.send(new GetObjectCommand({ Bucket, Key }));
    return (await Body?.transformToByteArray()) ?? new Uint8Array();
  }

  async createTable(Name: string, Location: string, columns: [name: string, type: string][]): Promise<void> {
    const Columns = columns.map(([column, Type]) => ({ Name: column, Type }));
    const TableInput = { Name, TableType: 'EXTERNAL_TABLE', StorageDescriptor: { Location, Columns } };
    await this.glue.send(new CreateTableCommand({ DatabaseName: 'retail', TableInput }));
  }

  async keys(bucket: string, prefix = ''): Promise<string[]> {
    const { Contents = [] } = await this.s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix }));
    return Contents.map(({ Key = '' }) => Key);
  }

  /** Starts a run of the transform job and waits for its end. */
  async transform(request: TransformRequest): Promise<Outcome> {
    const execution = request.execution ?? `execution-${request.sequencer}`;
    const id = await this.startTransform({ ...request, execution });
    const run = await this.ended(id);
    return { run, report: await this.report(execution) };
  }

  async startTransform(request: TransformRequest): Promise<string> {
    const dataset = request.key.slice(0, request.key.indexOf('/'));
    const { JobRunId = '' } = await this.glue.send(
      new StartJobRunCommand({
        JobName: jobName,
        Arguments: {
          '--dataset': dataset,
          '--source': `s3://${buckets.raw}/${request.key}`,
          '--source_version': request.versionId,
          '--sequencer': request.sequencer,
          '--format': JSON.stringify(request.format),
          '--contract': `s3://${buckets.processed}/${contractKey(dataset)}`,
          '--graph': request.graph ?? '',
          '--database': 'retail',
          '--processed': buckets.processed,
          '--results': buckets.results,
          '--mode': request.mode ?? 'write',
          '--execution': request.execution ?? 'execution',
        },
      }),
    );
    return JobRunId;
  }

  async ended(id: string): Promise<JobRun> {
    for (;;) {
      const { JobRun } = await this.glue.send(new GetJobRunCommand({ JobName: jobName, RunId: id }));
      if (JobRun?.CompletedOn) return JobRun;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  async report(execution: string): Promise<TransformReport | undefined> {
    const get = new GetObjectCommand({ Bucket: buckets.results, Key: `transforms/${execution}.json` });
    const found = await this.s3.send(get).catch(() => undefined);
    return found && JSON.parse((await found.Body?.transformToString()) ?? '');
  }

  /** The lines that a run has printed. */
  async lines(runId: string): Promise<string[]> {
    const logs = new CloudWatchLogsClient(this.lake.clientConfig);
    const get = new GetLogEventsCommand({
      logGroupName: '/aws-glue/jobs/output',
      logStreamName: runId,
      startFromHead: true,
    });
    const { events = [] } = await logs.send(get).finally(() => logs.destroy());
    return events.map(({ message = '' }) => message);
  }

  /** Rows of a table in the order of its objects, read by another Parquet reader than the one that wrote them. */
  async rows(table: string): Promise<Record<string, unknown>[]> {
    const keys = await this.keys(buckets.processed, `${table}/`);
    const parts = await Promise.all(
      keys.map(async (Key) => {
        const bytes = await this.read(buckets.processed, Key);
        return parquetReadObjects({ file: bytes.slice().buffer });
      }),
    );
    return parts.flat();
  }

  async #provision(): Promise<void> {
    for (const Bucket of Object.values(buckets)) {
      await this.s3.send(new CreateBucketCommand({ Bucket }));
      const VersioningConfiguration = { Status: 'Enabled' as const };
      await this.s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
    }
    await this.#createRole();
    await this.glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: 'retail' } }));
    await this.glue.send(
      new CreateJobCommand({
        Name: jobName,
        Role: jobRole,
        Command: { Name: 'glueetl', ScriptLocation: 's3://assets/transform.py' },
        JobRunQueuingEnabled: true,
      }),
    );
  }

  async #createRole(): Promise<void> {
    const RoleName = 'test-glue-role';
    const trust = { Effect: 'Allow', Principal: { Service: 'glue.amazonaws.com' }, Action: 'sts:AssumeRole' };
    await this.iam.send(
      new CreateRoleCommand({
        RoleName,
        AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: trust }),
      }),
    );
    await this.allowAll();
  }

  /** What the pipeline's roles have between them. */
  async allowAll(): Promise<void> {
    await this.allow([
      { Action: ['s3:GetObject', 's3:GetObjectVersion', 's3:ListBucket'], Resource: 'arn:aws:s3:::test-*' },
      {
        Action: ['s3:PutObject', 's3:DeleteObject'],
        Resource: ['arn:aws:s3:::test-processed/*', 'arn:aws:s3:::test-results/*'],
      },
      {
        Action: ['glue:GetTable', 'glue:GetTables', 'glue:GetDatabase', 'glue:CreateTable', 'glue:UpdateTable'],
        Resource: '*',
      },
      {
        Action: ['glue:BatchCreatePartition', 'glue:GetPartitions', 'glue:DeleteTable', 'glue:DeletePartition'],
        Resource: '*',
      },
    ]);
  }

  /** Replaces the permissions of the job's role. */
  async allow(statements: { Action: string[]; Resource: string | string[] }[]): Promise<void> {
    const Statement = statements.map((statement) => ({ Effect: 'Allow', ...statement }));
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
    await this.iam.send(new PutRolePolicyCommand({ RoleName: 'test-glue-role', PolicyName: 'job', PolicyDocument }));
  }
}

function contractOf(dataset: string, columns: [name: string, type: string, required?: boolean][]): Contract {
  const properties = columns.map(([physicalName, physicalType, required = false]) => ({
    name: physicalName.toLowerCase().replace(/\W+/g, '_'),
    physicalName,
    physicalType,
    logicalType: describeType(physicalType).logicalType,
    required,
  }));
  return {
    apiVersion: 'v3.0.2',
    kind: 'DataContract',
    id: `urn:lacustre:dataset:${dataset}`,
    name: dataset,
    version: '1.0.0',
    status: 'active',
    schema: [{ name: dataset, logicalType: 'object', physicalType: 'table', properties }],
  };
}

export function csv(header: string, overrides: Partial<Extract<FileFormat, { type: 'csv' }>> = {}): FileFormat {
  return {
    type: 'csv',
    delimiter: ',',
    quote: '"',
    encoding: 'utf-8',
    header: header.split(overrides.delimiter ?? ','),
    ...overrides,
  };
}
