/** What one status of an execution of the ingest state machine is as an OpenLineage event. */
import type { TransformReport } from '../contract/transform-report.ts';
import type { FileSource, Verdict } from '../contract/verdict.ts';
import { objectId, tableId } from './dataset-names.ts';
import {
  facet,
  type InputDataset,
  type InputField,
  type OutputDataset,
  PRODUCER,
  type RunEvent,
  SCHEMA_URL,
} from './run-event.ts';

export type EventType = 'START' | 'COMPLETE' | 'FAIL' | 'ABORT';

/** Of each table that the job wrote, by table and column. */
export type TableLineage = Record<string, Record<string, InputField[]>>;

export interface PipelineRun {
  type: EventType;
  /** ISO 8601. */
  time: string;
  runId: string;
  executionArn: string;
  machine: string;
  region: string;
  account: string;
  database: string;
  dataset: string;
  file: string;
  source: FileSource;
  /** There once the file was looked at. */
  verdict?: Verdict | undefined;
  /** There once the job is through. */
  report?: TransformReport | undefined;
  columns?: TableLineage | undefined;
  /** Tables of the catalog that the job's graph reads beside the file. */
  reads?: { database: string; table: string }[] | undefined;
  /** The name of the error, and what there is to say of it. */
  error?: { name: string; message: string } | undefined;
}

/** The job is the pipeline of one dataset: its runs are comparable with each other, those of two datasets are not. */
export function pipelineEvent(run: PipelineRun): RunEvent {
  return {
    eventType: run.type,
    eventTime: run.time,
    producer: PRODUCER,
    schemaURL: SCHEMA_URL,
    run: { runId: run.runId, facets: runFacets(run) },
    job: {
      namespace: `arn:aws:states:${run.region}:${run.account}`,
      name: `${run.machine}.${run.dataset || '_'}`,
      facets: {
        jobType: facet('JobTypeJobFacet', '2-0-3', {
          processingType: 'BATCH',
          integration: 'AWS_STEP_FUNCTIONS',
          jobType: 'STATE_MACHINE',
        }),
      },
    },
    inputs: [inputFile(run), ...(run.reads ?? []).map(({ database, table }) => tableId(run, database, table))],
    outputs: run.type === 'COMPLETE' ? (run.report?.tables ?? []).map((table) => outputTable(run, table)) : [],
  };
}

function runFacets({ executionArn, error, report }: PipelineRun): RunEvent['run']['facets'] {
  const steps = report?.tables.flatMap(({ name, nodes }) => nodes.map((node) => ({ table: name, ...node })));
  return {
    lacustre_execution: {
      _producer: PRODUCER,
      _schemaURL: 'urn:lacustre:lineage:1:ExecutionFacet',
      executionArn,
      execution: executionArn.split(':').at(-1) ?? '',
      ...(error && { error: error.name }),
      ...(steps?.length && { steps }),
    },
    ...(error && {
      errorMessage: facet('ErrorMessageRunFacet', '1-0-1', { message: error.message, programmingLanguage: 'ASL' }),
    }),
  };
}

function inputFile({ source, verdict, report }: PipelineRun): InputDataset {
  const id = objectId(source.bucket, source.key);
  const header = verdict?.format.type === 'csv' ? verdict.format.header : undefined;
  return {
    ...id,
    facets: {
      dataSource: facet('DatasourceDatasetFacet', '1-0-1', { name: id.namespace, uri: id.namespace }),
      version: facet('DatasetVersionDatasetFacet', '1-0-1', { datasetVersion: source.versionId }),
      ...(header && { schema: facet('SchemaDatasetFacet', '1-1-1', { fields: header.map((name) => ({ name })) }) }),
    },
    inputFacets: {
      inputStatistics: facet('InputStatisticsInputDatasetFacet', '1-0-0', {
        ...(report && { rowCount: report.rowsIn }),
        size: source.size,
        fileCount: 1,
      }),
    },
  };
}

function outputTable(run: PipelineRun, table: TransformReport['tables'][number]): OutputDataset {
  const lineage = run.columns?.[table.name];
  return {
    ...tableId(run, run.database, table.name),
    facets: {
      schema: facet('SchemaDatasetFacet', '1-1-1', { fields: table.columns }),
      dataSource: facet('DatasourceDatasetFacet', '1-0-1', { name: table.location, uri: table.location }),
      ...(lineage && {
        columnLineage: facet('ColumnLineageDatasetFacet', '1-2-0', {
          fields: Object.fromEntries(Object.entries(lineage).map(([name, inputFields]) => [name, { inputFields }])),
        }),
      }),
    },
    outputFacets: {
      outputStatistics: facet('OutputStatisticsOutputDatasetFacet', '1-0-2', {
        rowCount: table.rows,
        size: table.sizeBytes,
      }),
    },
  };
}

/** Where the results zone keeps an event: by dataset and in order of time. The same event has the same key. */
export function lineageEventKey(dataset: string, event: RunEvent): string {
  return `${lineagePrefix(dataset)}${event.eventTime}-${event.run.runId}-${event.eventType}.json`;
}

export function lineagePrefix(dataset: string): string {
  return `lineage/events/${dataset || '_'}/`;
}
