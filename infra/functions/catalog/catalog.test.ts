import { readFile } from 'node:fs/promises';
import { AthenaClient, CreateWorkGroupCommand } from '@aws-sdk/client-athena';
import {
  ConcurrentModificationException,
  CreateDatabaseCommand,
  GetTableCommand,
  GlueClient,
  UpdateTableCommand,
} from '@aws-sdk/client-glue';
import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TransformReport } from '../../../lib/languages/contract/transform-report.ts';
import type { Verdict } from '../../../lib/languages/contract/verdict.ts';
import { type FunctionLake, startFunctionLake, zones } from '../testing/function-lake.ts';
import { catalog } from './catalog.ts';

let lake: FunctionLake;
let glue: GlueClient;
let athena: AthenaClient;

beforeAll(async () => {
  lake = await startFunctionLake(['athena']);
  glue = new GlueClient(lake.lake.clientConfig);
  await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: 'retail' } }));
  athena = new AthenaClient(lake.lake.clientConfig);
  const ResultConfiguration = { OutputLocation: `s3://${zones.results}/athena/` };
  await athena.send(new CreateWorkGroupCommand({ Name: 'lacustre', Configuration: { ResultConfiguration } }));
});
afterAll(async () => {
  glue.destroy();
  athena.destroy();
  await lake.close();
});

function run(verdict: Verdict, execution: string) {
  const environment = {
    PROCESSED_BUCKET: zones.processed,
    RESULTS_BUCKET: zones.results,
    DATABASE: 'retail',
    STAGED_DATABASE: 'retail_staged',
    WORK_GROUP: 'lacustre',
  };
  return catalog({ execution, verdict }, { s3: lake.s3, glue, athena, environment });
}

/** Puts what a job would have written for these tables: a Parquet file of two rows each. */
async function write(...tables: string[]) {
  const rows = await readFile('lib/languages/contract/fixtures/types.parquet');
  await Promise.all(tables.map((table) => lake.put(zones.processed, `${table}/a.csv/part-00000.parquet`, rows)));
}

async function report(execution: string, change: Partial<TransformReport['tables'][number]>, outcome = 'written') {
  const table = {
    name: 'sales',
    location: `s3://${zones.processed}/${change.name ?? 'sales'}/`,
    columns: [
      { name: 'city', type: 'string' },
      { name: 'price', type: 'decimal(18,2)' },
    ],
    rows: 2,
    sizeBytes: 1234,
    nodes: [],
    ...change,
  };
  const document = { dataset: 'sales', outcome, rowsIn: 2, rowsOut: 2, tables: [table] };
  await lake.put(zones.results, `transforms/${execution}.json`, JSON.stringify(document));
}

async function verdict(status: Verdict['status'], key = 'sales/a.csv'): Promise<Verdict> {
  const source = await lake.put(zones.raw, key, 'bytes');
  const [dataset = '', file = ''] = key.split('/');
  const format = { type: 'binary', mediaType: 'image/png' } as const;
  return {
    status,
    dataset,
    file,
    source,
    format,
    graphUri: '',
    rowsChecked: 0,
    complete: true,
    problems: [],
    problemCount: 0,
  };
}

async function table(name: string) {
  return (await glue.send(new GetTableCommand({ DatabaseName: 'retail', Name: name }))).Table;
}

describe('tables', () => {
  it('come into the catalog as Parquet, with what was counted', async () => {
    await write('sales');
    await report('run-1', {});
    expect(await run(await verdict('accepted'), 'run-1')).toEqual({
      tables: [{ database: 'retail', name: 'sales', rows: 2, sizeBytes: 1234 }],
    });
    expect(await table('sales')).toMatchObject({
      TableType: 'EXTERNAL_TABLE',
      Parameters: { classification: 'parquet', recordCount: '2', sizeKey: '1234', 'lacustre:dataset': 'sales' },
      StorageDescriptor: {
        Columns: [
          { Name: 'city', Type: 'string' },
          { Name: 'price', Type: 'decimal(18,2)' },
        ],
        Location: `s3://${zones.processed}/sales/`,
        SerdeInfo: { SerializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe' },
      },
    });
  });

  it('are brought up to date, and keep what people wrote into them', async () => {
    await write('kept');
    await report('run-2', { name: 'kept' });
    await run(await verdict('accepted'), 'run-2');
    const existing = await table('kept');
    await glue.send(
      new UpdateTableCommand({
        DatabaseName: 'retail',
        TableInput: {
          Name: 'kept',
          Description: 'Every sale',
          TableType: 'EXTERNAL_TABLE',
          Parameters: { ...existing?.Parameters, owner: 'finance' },
          StorageDescriptor: {
            ...existing?.StorageDescriptor,
            Columns: existing?.StorageDescriptor?.Columns?.map((column) => ({
              ...column,
              Comment: `the ${column.Name}`,
            })),
          },
        },
      }),
    );
    await report('run-3', {
      name: 'kept',
      rows: 20,
      columns: [
        { name: 'city', type: 'bigint' },
        { name: 'ratio', type: 'double' },
      ],
    });
    await run(await verdict('accepted'), 'run-3');
    expect(await table('kept')).toMatchObject({
      Description: 'Every sale',
      Parameters: { owner: 'finance', recordCount: '20' },
      StorageDescriptor: {
        Columns: [
          { Name: 'city', Type: 'bigint', Comment: 'the city' },
          { Name: 'ratio', Type: 'double' },
        ],
      },
    });
  });

  it('keep what people write about them while runs write them', async () => {
    await write('busy');
    await report('run-b0', { name: 'busy' });
    await run(await verdict('accepted'), 'run-b0');
    const annotate = async (Description: string): Promise<void> => {
      const current = await table('busy');
      const { StorageDescriptor, Parameters, TableType } = current ?? {};
      const TableInput = { Name: 'busy', Description, StorageDescriptor, Parameters, TableType };
      const VersionId = current?.VersionId;
      await glue
        .send(new UpdateTableCommand({ DatabaseName: 'retail', TableInput, VersionId }))
        .catch((error: unknown) => {
          if (error instanceof ConcurrentModificationException) return annotate(Description);
          throw error;
        });
    };
    const accepted = await verdict('accepted');
    for (const round of [1, 2, 3]) {
      await Promise.all(['x', 'y'].map((each) => report(`run-b${round}${each}`, { name: 'busy', rows: round })));
      await Promise.all([run(accepted, `run-b${round}x`), annotate(`round ${round}`), run(accepted, `run-b${round}y`)]);
      expect(await table('busy')).toMatchObject({
        Description: `round ${round}`,
        Parameters: { recordCount: String(round) },
      });
    }
  });

  it('say when their rows were written, which is not when they were described', async () => {
    await write('dated');
    await report('run-d1', { name: 'dated' });
    await run(await verdict('accepted'), 'run-d1');
    const { LastModified } = await lake.s3.send(
      new HeadObjectCommand({ Bucket: zones.results, Key: 'transforms/run-d1.json' }),
    );
    const at = LastModified?.toISOString();
    expect((await table('dated'))?.Parameters).toMatchObject({
      'lacustre:loaded-at': at,
      'lacustre:growth': `${at},2,1234,run-d1`,
    });
  });

  it('note since when they have their columns, whatever else a run changes', async () => {
    const since = async () => (await table('aged'))?.Parameters?.['lacustre:columns-since'] ?? '';
    await write('aged');
    await report('run-a1', { name: 'aged' });
    await run(await verdict('accepted'), 'run-a1');
    const first = await since();
    expect(Date.parse(first)).toBeLessThanOrEqual(Date.now());
    await report('run-a2', { name: 'aged', rows: 3 });
    await run(await verdict('accepted'), 'run-a2');
    expect(await since()).toBe(first);
    await report('run-a3', { name: 'aged', columns: [{ name: 'city', type: 'string' }] });
    await run(await verdict('accepted'), 'run-a3');
    expect(Date.parse(await since())).toBeGreaterThan(Date.parse(first));
  });

  it('are not touched where nothing changed, or a newer version was there already', async () => {
    await write('same');
    await report('run-4', { name: 'same' });
    await run(await verdict('accepted'), 'run-4');
    const before = await table('same');
    await run(await verdict('accepted'), 'run-4');
    await report('run-5', { name: 'same', rows: 99 }, 'superseded');
    expect(await run(await verdict('accepted'), 'run-5')).toEqual({ tables: [] });
    expect((await table('same'))?.UpdateTime).toEqual(before?.UpdateTime);
  });

  it('whose rows no query sees fail the run', async () => {
    await report('run-6', { name: 'hidden' });
    await expect(run(await verdict('accepted'), 'run-6')).rejects.toThrow(/2 rows to hidden, but a query sees none/);
  });

  it('cannot be catalogued without the report of the job', async () => {
    await expect(run(await verdict('accepted'), 'run-lost')).rejects.toThrow(/no report at s3:.*run-lost/);
  });
});

describe('files', () => {
  const key = '_lake/files/images/a.png.json';

  it('are listed with what is known of them, and struck off when they are gone', async () => {
    const media = { mediaType: 'image/png', width: 640, height: 400 };
    const seen = { ...(await verdict('file', 'images/a.png')), media };
    expect(await run(seen, 'run-7')).toEqual({ tables: [] });
    expect(JSON.parse((await lake.read(zones.processed, key)) ?? '')).toEqual({
      dataset: 'images',
      file: 'a.png',
      ...seen.source,
      ...media,
    });
    await lake.remove(zones.raw, 'images/a.png');
    await run(seen, 'run-8');
    expect(await lake.read(zones.processed, key)).toBeUndefined();
  });
});
