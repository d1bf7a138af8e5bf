import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { GlueClient } from '@aws-sdk/client-glue';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { contractKey } from '../../../lib/languages/contract/contract.ts';
import { describeProblem } from '../../../lib/languages/contract/describe-problem.ts';
import { draftContract } from '../../../lib/languages/contract/infer-contract.ts';
import { transformReportKey } from '../../../lib/languages/contract/transform-report.ts';
import { runRecordKey, type Verdict } from '../../../lib/languages/contract/verdict.ts';
import { RunEvent } from '../../../lib/languages/openlineage/run-event.ts';
import { type FunctionLake, startFunctionLake, zones } from '../testing/function-lake.ts';
import { keepingFailures } from './kept-failures.ts';
import { keepLineage } from './lineage.ts';
import { LineageEnvironment } from './lineage-environment.ts';
import { runIdOf } from './run-id.ts';
import { StatusChange } from './status-change.ts';

const source = { bucket: zones.raw, key: 'sales/mars é.csv', versionId: 'v1', sequencer: '01', size: 120 };
const raw = { namespace: `s3://${zones.raw}`, name: source.key };
const table = (name: string) => ({ namespace: 'arn:aws:glue:eu-west-3:000000000000', name: `table/retail/${name}` });

let lake: FunctionLake;
let glue: GlueClient;
let endpoint: Server;
let answer: number;
let received: { request: IncomingMessage; event: unknown }[];

beforeAll(async () => {
  lake = await startFunctionLake(['s3', 'glue']);
  glue = new GlueClient(lake.lake.clientConfig);
  endpoint = createServer(async (request, response) => {
    received.push({ request, event: JSON.parse(await text(request)) });
    response.writeHead(answer, answer === 302 ? { location: 'http://127.0.0.1:1/' } : {}).end();
  });
  await new Promise<void>((resolve) => endpoint.listen(0, '127.0.0.1', resolve));
});
beforeEach(() => {
  answer = 201;
  received = [];
});
afterAll(async () => {
  endpoint.close();
  glue.destroy();
  await lake.close();
});

function keep(change: unknown, given: Record<string, string> = {}) {
  const environment = LineageEnvironment.parse({ ...process.env, ...given });
  return keepLineage(StatusChange.parse(change), { s3: lake.s3, glue, environment });
}

function change(name: string, detail: object = {}, input: unknown = s3Event(source)) {
  const machine = 'arn:aws:states:eu-west-3:000000000000:stateMachine:lacustre-ingest';
  return {
    time: '2026-03-01T10:00:07Z',
    account: '000000000000',
    region: 'eu-west-3',
    detail: {
      executionArn: `${machine.replace('stateMachine', 'execution')}:${name}`,
      stateMachineArn: machine,
      name,
      status: 'SUCCEEDED',
      startDate: Date.parse('2026-03-01T10:00:00Z'),
      stopDate: Date.parse('2026-03-01T10:00:07Z'),
      input: typeof input === 'string' ? input : JSON.stringify(input),
      ...detail,
    },
  };
}

function s3Event({ bucket, key, versionId, sequencer, size }: typeof source) {
  const object = { key, size, 'version-id': versionId, sequencer };
  return { 'detail-type': 'Object Created', detail: { bucket: { name: bucket }, object } };
}

function column(name: string, physicalName: string, physicalType: string) {
  return { name, physicalName, logicalType: 'string' as const, physicalType, required: false };
}

/** What the pipeline leaves of a run: its record, and the report of the job. */
async function leave(execution: string, verdict: Partial<Verdict>, tables?: object[]): Promise<void> {
  const whole = {
    status: 'accepted',
    dataset: 'sales',
    file: 'mars é.csv',
    source,
    format: { type: 'csv', delimiter: ',', quote: '"', encoding: 'utf-8', header: ['Location', 'Total Sales'] },
    graphUri: '',
    rowsChecked: 2,
    complete: true,
    problems: [],
    problemCount: 0,
    ...verdict,
  } as Verdict;
  await lake.put(zones.results, runRecordKey(whole), JSON.stringify({ execution, verdict: whole }));
  if (!tables) return;
  const report = { dataset: 'sales', outcome: 'written', rowsIn: 2, rowsOut: 2, tables };
  await lake.put(zones.results, transformReportKey(execution), JSON.stringify(report));
}

async function kept(key: string | undefined): Promise<RunEvent> {
  return RunEvent.parse(JSON.parse((await lake.read(zones.results, key ?? '')) ?? ''));
}

function reported(name: string, columns: object[], rows: number) {
  const nodes = [{ id: 'schema', name: 'Change schema', rows }];
  return { name, location: `s3://${zones.processed}/${name}/`, columns, rows, sizeBytes: 900, nodes };
}

describe('a run that went well', () => {
  it('names the file’s version, the tables and of which column each column is made', async () => {
    const contract = draftContract('sales', [
      column('location', 'Location', 'string'),
      column('total_sales', 'Total Sales', 'double'),
    ]);
    await lake.put(zones.processed, contractKey('sales'), JSON.stringify(contract));
    const graph = {
      source: {
        S3CsvSource: { Name: 'Raw', Paths: ['s3://${RawBucket}/sales/'], Separator: 'comma', QuoteChar: 'quote' },
      },
      schema: { ApplyMapping: { Name: 'Change schema', Inputs: ['source'], Mapping: '${ContractMapping}' } },
      own: {
        S3GlueParquetTarget: {
          Name: 'Table',
          Inputs: ['schema'],
          Path: 's3://${ProcessedBucket}/sales/',
          Compression: 'snappy',
        },
      },
      sum: {
        Aggregate: {
          Name: 'Sum',
          Inputs: ['schema'],
          Groups: [['location']],
          Aggs: [{ Column: ['total_sales'], AggFunc: 'sum' }],
        },
      },
      total: {
        RenameField: { Name: 'Total', Inputs: ['sum'], SourcePath: ['sum(total_sales)'], TargetPath: ['total'] },
      },
      totals: {
        S3GlueParquetTarget: {
          Name: 'Totals',
          Inputs: ['total'],
          Path: 's3://${ProcessedBucket}/sales_totals/',
          Compression: 'snappy',
        },
      },
    };
    await lake.put(zones.processed, '_lake/graphs/sales.json', JSON.stringify(graph));
    const graphUri = `s3://${zones.processed}/_lake/graphs/sales.json`;
    await leave('run-1', { contractKey: contractKey('sales'), graphUri }, [
      reported(
        'sales',
        [
          { name: 'location', type: 'string' },
          { name: 'total_sales', type: 'double' },
        ],
        2,
      ),
      reported(
        'sales_totals',
        [
          { name: 'location', type: 'string' },
          { name: 'total', type: 'double' },
        ],
        1,
      ),
    ]);
    const { key } = await keep(change('run-1'));
    expect(key).toBe(
      `lineage/events/sales/2026-03-01T10:00:07.000Z-${runIdOf(change('run-1').detail.executionArn)}-COMPLETE.json`,
    );
    const event = await kept(key);
    expect(event).toMatchObject({
      eventType: 'COMPLETE',
      job: { name: 'lacustre-ingest.sales' },
      inputs: [
        {
          ...raw,
          facets: { version: { datasetVersion: 'v1' } },
          inputFacets: { inputStatistics: { rowCount: 2, size: 120 } },
        },
      ],
      outputs: [
        { ...table('sales'), outputFacets: { outputStatistics: { rowCount: 2, size: 900 } } },
        { ...table('sales_totals') },
      ],
    });
    const lineage = (at: number) => event.outputs[at]?.facets?.columnLineage?.fields;
    expect(lineage(0)?.total_sales?.inputFields).toEqual([
      { ...raw, field: 'Total Sales', transformations: [{ type: 'DIRECT', subtype: 'IDENTITY' }] },
    ]);
    // Of all rows of the dataset, not of this file alone.
    expect(lineage(1)?.total?.inputFields).toEqual([
      { ...table('sales'), field: 'total_sales', transformations: [{ type: 'DIRECT', subtype: 'AGGREGATION' }] },
    ]);
  });

  it('is told without its columns where the contract is gone or is none', async () => {
    await lake.put(zones.processed, contractKey('broken'), '{');
    await leave('run-2', { contractKey: contractKey('broken') }, [reported('sales', [], 2)]);
    const event = await kept((await keep(change('run-2'))).key);
    expect(event.outputs).toHaveLength(1);
    expect(event.outputs[0]?.facets?.columnLineage).toBeUndefined();
  });
});

describe('a run that did not', () => {
  it('begins with a START of the same run, and says in its FAIL what was wrong with the file', async () => {
    const problem = describeProblem('type-mismatch', {
      row: 1,
      line: 2,
      column: 'prix',
      value: 'é',
      expected: 'bigint',
    });
    await leave('run-3', { status: 'rejected', problems: [problem], problemCount: 3 });
    const began = await kept((await keep(change('run-3', { status: 'RUNNING', stopDate: null }))).key);
    const failed = await kept((await keep(change('run-3', { status: 'FAILED', error: 'Rejected', cause: '{}' }))).key);
    expect([began.eventType, failed.eventType]).toEqual(['START', 'FAIL']);
    expect(failed.run.runId).toBe(began.run.runId);
    expect(failed.outputs).toEqual([]);
    expect(failed.run.facets?.errorMessage?.message).toBe(`${problem.message} (1 of 3 problems)`);
  });

  it('is an ABORT where it was stopped, and a FAIL with the error where no verdict is', async () => {
    expect((await kept((await keep(change('none-1', { status: 'ABORTED' }))).key)).eventType).toBe('ABORT');
    const failed = await kept((await keep(change('none-2', { status: 'TIMED_OUT', error: 'States.Timeout' }))).key);
    expect(failed.run.facets?.errorMessage?.message).toBe('States.Timeout');
  });

  it.each([
    ['no JSON', 'x'],
    ['another input', '{"a":1}'],
    ['an input too long to be told', null],
  ])('is nothing to keep where a file did not begin it: %s', async (_, input) => {
    expect(await keep(change('other', { input }))).toEqual({});
  });
});

describe('an event that fails', () => {
  const bucket = zones.results;
  const key = 'lineage/failed/3f0a-1.json';
  const event = { id: '3f0a-1', 'detail-type': 'Step Functions Execution Status Change' };
  const tried = (work: () => Promise<string>, given: unknown = event) =>
    keepingFailures(given, { s3: lake.s3, bucket }, work);

  it('is kept with its reason at each try, and goes when a try succeeds', async () => {
    const fail = async () => {
      throw new Error('the endpoint is dead');
    };
    await expect(tried(fail)).rejects.toThrow('the endpoint is dead');
    await expect(tried(fail)).rejects.toThrow('the endpoint is dead');
    expect(JSON.parse((await lake.read(bucket, key)) ?? '')).toEqual({
      failedAt: expect.any(String),
      reason: 'the endpoint is dead',
      event,
    });
    expect(await tried(async () => 'kept')).toBe('kept');
    expect(await lake.read(bucket, key)).toBeUndefined();
    // Nothing was there to be deleted, and nothing is left of that.
    const before = await lake.versions(bucket, key);
    await tried(async () => 'kept');
    expect(await lake.versions(bucket, key)).toEqual(before);
  });

  it('is kept whatever it is', async () => {
    for (const given of [null, 'x', { id: '../../runs/a' }]) {
      await expect(tried(() => Promise.reject(new Error('no')), given)).rejects.toThrow('no');
      expect(await lake.read(bucket, 'lineage/failed/unnamed.json')).toContain('"reason":"no"');
    }
  });
});

describe('the endpoint', () => {
  const url = () => `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}/api/v1/lineage`;

  it('is given the event that is kept, with the key', async () => {
    const { key } = await keep(change('posted'), { OPENLINEAGE_URL: url(), OPENLINEAGE_API_KEY: 'k' });
    expect(received).toHaveLength(1);
    expect(received[0]?.event).toEqual(await kept(key));
    expect(received[0]?.request.headers.authorization).toBe('Bearer k');
  });

  it.each([503, 302])('that answers %i costs a failure and a new try, and the event stays', async (status) => {
    answer = status;
    const posted = change(`refused-${status}`);
    await expect(keep(posted, { OPENLINEAGE_URL: url(), OPENLINEAGE_API_KEY: 'secret' })).rejects.not.toThrow(/secret/);
    const runId = runIdOf(posted.detail.executionArn);
    expect(await kept(`lineage/events/sales/2026-03-01T10:00:07.000Z-${runId}-COMPLETE.json`)).toMatchObject({
      run: { runId },
    });
  });

  it.each(['http://10.0.0.1/', 'http://example.com/', 'ftp://a/', 'https://user:pw@example.com/', 'nonsense'])(
    'may not be %s',
    (OPENLINEAGE_URL) => {
      expect(LineageEnvironment.safeParse({ ...process.env, OPENLINEAGE_URL }).success).toBe(false);
    },
  );
});
