import { EntityNotFoundException, GetTableCommand, type GlueClient } from '@aws-sdk/client-glue';
import type { S3Client } from '@aws-sdk/client-s3';
import { Contract } from '../../../lib/languages/contract/contract.ts';
import { splitRawKey } from '../../../lib/languages/contract/snake-case.ts';
import { TransformReport, transformReportKey } from '../../../lib/languages/contract/transform-report.ts';
import { RunRecord, runRecordKey, type Verdict } from '../../../lib/languages/contract/verdict.ts';
import {
  type EventType,
  lineageEventKey,
  type PipelineRun,
  pipelineEvent,
} from '../../../lib/languages/openlineage/pipeline-event.ts';
import { findText, putJson } from '../documents.ts';
import { sourceOf } from '../validate/s3-event.ts';
import type { LineageEnvironment } from './lineage-environment.ts';
import { postEvent } from './post-event.ts';
import { runIdOf } from './run-id.ts';
import { findS3Event, type StatusChange } from './status-change.ts';
import { type GraphLineage, tableLineage } from './table-lineage.ts';

interface Dependencies {
  s3: S3Client;
  glue: GlueClient;
  environment: LineageEnvironment;
}

export interface Kept {
  /** Of the event in the results zone; undefined for an execution that no file began. */
  key?: string;
}

const TYPES: Record<StatusChange['detail']['status'], EventType> = {
  RUNNING: 'START',
  SUCCEEDED: 'COMPLETE',
  FAILED: 'FAIL',
  TIMED_OUT: 'FAIL',
  ABORTED: 'ABORT',
};

/**
 * Keeps what an execution has come to as an OpenLineage event, then gives it to the endpoint if there is one. Called
 * again with the same change it writes the same object: a dead endpoint costs another try, never the event.
 */
export async function keepLineage(change: StatusChange, dependencies: Dependencies): Promise<Kept> {
  const s3Event = findS3Event(change);
  if (!s3Event) return {};
  const { s3, environment } = dependencies;
  const source = sourceOf(s3Event);
  const event = pipelineEvent(await describeRun(change, source, dependencies));
  const key = lineageEventKey(placeOf(source.key).dataset, event);
  await putJson(s3, environment.RESULTS_BUCKET, key, event);
  const { OPENLINEAGE_URL: url, OPENLINEAGE_API_KEY: apiKey } = environment;
  if (url) await postEvent({ url, apiKey }, event);
  return { key };
}

async function describeRun(
  { detail, region, account }: StatusChange,
  source: PipelineRun['source'],
  dependencies: Dependencies,
): Promise<PipelineRun> {
  const type = TYPES[detail.status];
  const run: PipelineRun = {
    type,
    time: new Date(type === 'START' ? detail.startDate : (detail.stopDate ?? detail.startDate)).toISOString(),
    runId: runIdOf(detail.executionArn),
    executionArn: detail.executionArn,
    machine: detail.stateMachineArn.split(':').at(-1) ?? '',
    region,
    account,
    database: dependencies.environment.DATABASE,
    ...placeOf(source.key),
    source,
  };
  if (type === 'START') return run;
  const verdict = await findVerdict(run, dependencies);
  if (type !== 'COMPLETE')
    return { ...run, verdict, error: { name: detail.error ?? detail.status, message: errorOf(detail, verdict) } };
  const report = await findReport(detail.name, dependencies);
  const lineage = verdict && report ? await findLineage(run, verdict, dependencies) : undefined;
  return { ...run, verdict, report, ...lineage };
}

/** A rejected file's reasons are in its verdict; the cause of the execution is that verdict again, as JSON. */
function errorOf({ status, error, cause }: StatusChange['detail'], verdict: Verdict | undefined): string {
  const [problem] = verdict?.status === 'rejected' ? verdict.problems : [];
  if (problem)
    return verdict && verdict.problemCount > 1
      ? `${problem.message} (1 of ${verdict.problemCount} problems)`
      : problem.message;
  return [error ?? status, cause].filter(Boolean).join(': ').slice(0, 4096);
}

async function findVerdict(
  { dataset, file, source, executionArn }: PipelineRun,
  { s3, environment }: Dependencies,
): Promise<Verdict | undefined> {
  const text = await findText(s3, environment.RESULTS_BUCKET, runRecordKey({ dataset, file, source }));
  const record = text === undefined ? undefined : RunRecord.safeParse(JSON.parse(text)).data;
  return record && executionArn.endsWith(`:${record.execution}`) ? record.verdict : undefined;
}

async function findReport(execution: string, { s3, environment }: Dependencies): Promise<TransformReport | undefined> {
  const text = await findText(s3, environment.RESULTS_BUCKET, transformReportKey(execution));
  return text === undefined ? undefined : TransformReport.parse(JSON.parse(text));
}

/** What the tables are made of. A contract or a graph that has changed since must not cost the event. */
async function findLineage(
  { dataset, source, database, region, account }: PipelineRun,
  { contractKey, graphUri }: Verdict,
  { s3, glue, environment }: Dependencies,
): Promise<GraphLineage | undefined> {
  const processedBucket = environment.PROCESSED_BUCKET;
  try {
    const contract = contractKey && (await findText(s3, processedBucket, contractKey));
    if (!contract) return undefined;
    const [, bucket = '', key = ''] = /^s3:\/\/([^/]+)\/(.+)$/.exec(graphUri) ?? [];
    return await tableLineage({
      contract: Contract.parse(JSON.parse(contract)),
      graphText: graphUri ? await findText(s3, bucket, key) : undefined,
      dataset,
      database,
      source,
      processedBucket,
      region,
      account,
      tableColumns: (...table) => findColumns(glue, ...table),
    });
  } catch (error) {
    console.warn(`The lineage of columns is not known: ${error instanceof Error ? error.message : error}`);
    return undefined;
  }
}

async function findColumns(glue: GlueClient, DatabaseName: string, Name: string) {
  try {
    const { Table } = await glue.send(new GetTableCommand({ DatabaseName, Name }));
    return Table?.StorageDescriptor?.Columns?.map((column) => ({
      name: column.Name ?? '',
      type: column.Type ?? 'string',
    }));
  } catch (error) {
    if (error instanceof EntityNotFoundException) return undefined;
    throw error;
  }
}

function placeOf(key: string): { dataset: string; file: string } {
  return splitRawKey(key) ?? { dataset: '', file: key };
}
