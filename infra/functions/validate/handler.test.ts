import { readFileSync } from 'node:fs';
import { CreateDataQualityRulesetCommand, GlueClient } from '@aws-sdk/client-glue';
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Contract, contractColumns } from '../../../lib/languages/contract/contract.ts';
import { type FileSource, RunRecord, runRecordKey, Verdict } from '../../../lib/languages/contract/verdict.ts';
import { headBytes } from '../../../lib/languages/file-format/sniff.ts';
import type { GateOverride } from '../../../lib/languages/quality/evaluation.ts';
import { type FunctionLake, startFunctionLake, zones } from '../testing/function-lake.ts';

let lake: FunctionLake;
let handler: (payload: unknown) => Promise<Verdict>;
let runs = 0;

beforeAll(async () => {
  lake = await startFunctionLake(['s3', 'glue']);
  ({ handler } = await import('./handler.ts'));
});
afterAll(() => lake.close());

const csv = 'id,price,city\n1,2.50,Soho\n2,3.00,Camden\n';

async function validate(source: FileSource, type = 'Object Created', override?: GateOverride) {
  const execution = `run-${++runs}`;
  const { bucket, key, versionId, sequencer, size } = source;
  const object = { key, sequencer, 'version-id': versionId, ...(type === 'Object Created' ? { size } : {}) };
  const event = {
    version: '0',
    'detail-type': type,
    source: 'aws.s3',
    detail: { bucket: { name: bucket }, object },
    override,
  };
  const verdict = await handler({ event, execution });
  expect(Verdict.parse(verdict)).toEqual(verdict);
  const record = await lake.read(zones.results, runRecordKey(verdict));
  expect(RunRecord.parse(JSON.parse(record ?? ''))).toEqual({ execution, verdict });
  return verdict;
}

async function putRuleset(table: string, gate?: string) {
  const glue = new GlueClient(lake.lake.clientConfig);
  const TargetTable = { DatabaseName: 'retail', TableName: table };
  const Tags: Record<string, string> = gate ? { 'lacustre:gate': gate } : {};
  const Name = `${table} ${gate}`;
  await glue.send(
    new CreateDataQualityRulesetCommand({ Name, Ruleset: 'Rules = [ RowCount > 0 ]', TargetTable, Tags }),
  );
  glue.destroy();
}

describe('the rows of a file', () => {
  it('wait for the rules of its table where one of its rulesets may keep them out', async () => {
    const modeOf = async (dataset: string, override?: GateOverride) =>
      (await validate(await lake.put(zones.raw, `${dataset}/a.csv`, csv), 'Object Created', override)).mode;
    await putRuleset('warned');
    await putRuleset('warned', 'warn');
    await putRuleset('blocked', 'warn');
    await putRuleset('blocked', 'block');
    await putRuleset('guarded', 'quarantine');
    const modes = await Promise.all(['unruled', 'warned', 'blocked', 'guarded'].map((dataset) => modeOf(dataset)));
    expect(modes).toEqual(['write', 'write', 'stage', 'stage']);
  });

  it('do not where a person has let them pass, which the verdict keeps', async () => {
    await putRuleset('let', 'block');
    const override = { by: 'e@x', reason: 'agreed', execution: 'run-held' };
    const verdict = await validate(await lake.put(zones.raw, 'let/a.csv', csv), 'Object Created', override);
    expect(verdict).toMatchObject({ status: 'accepted', mode: 'write', override });
  });
});

describe('a new file', () => {
  it('makes the contract of a new dataset, as a draft', async () => {
    const source = await lake.put(zones.raw, 'Web Orders/2024/a b+é.csv', csv);
    expect(await validate(source)).toEqual({
      status: 'accepted',
      dataset: 'web_orders',
      file: '2024/a b+é.csv',
      source,
      format: { type: 'csv', delimiter: ',', quote: '"', encoding: 'utf-8', header: ['id', 'price', 'city'] },
      contractKey: '_lake/contracts/web_orders.json',
      contractStatus: 'draft',
      drafts: 1,
      graphUri: '',
      mode: 'write',
      rowsChecked: 2,
      complete: true,
      problems: [],
      problemCount: 0,
    });
    const kept = Contract.parse(
      JSON.parse((await lake.read(zones.processed, '_lake/contracts/web_orders.json')) ?? ''),
    );
    expect(contractColumns(kept)).toEqual([
      { name: 'id', type: 'bigint' },
      { name: 'price', type: 'decimal(18,2)' },
      { name: 'city', type: 'string' },
    ]);
  });

  it('is rejected where it breaks the contract, which stays as it was', async () => {
    await validate(await lake.put(zones.raw, 'orders/good.csv', csv));
    const before = await lake.versions(zones.processed, '_lake/contracts/orders.json');
    const verdict = await validate(await lake.put(zones.raw, 'orders/bad.csv', 'id,price,city\n1,"2,50",Soho\n'));
    expect(verdict).toMatchObject({
      status: 'rejected',
      contractKey: '_lake/contracts/orders.json',
      problemCount: 1,
      problems: [{ code: 'type-mismatch', row: 1, line: 2, column: 'price', value: '2,50' }],
    });
    expect(await lake.versions(zones.processed, '_lake/contracts/orders.json')).toEqual(before);
  });

  it('is rejected, and makes no contract, where it cannot be read', async () => {
    const verdict = await validate(
      await lake.put(zones.raw, 'pictures/fake.csv', Buffer.from('\x89PNG\r\n\x1a\n\0', 'latin1')),
    );
    expect(verdict).toMatchObject({ status: 'rejected', problems: [{ code: 'content-unexpected' }] });
    expect(await lake.read(zones.processed, '_lake/contracts/pictures.json')).toBeUndefined();
  });

  it('is rejected where it has 0 bytes, or lies in no folder', async () => {
    expect(await validate(await lake.put(zones.raw, 'orders/empty.csv', ''))).toMatchObject({
      status: 'rejected',
      problems: [{ code: 'file-empty' }],
    });
    expect(await validate(await lake.put(zones.raw, 'lonely.csv', csv))).toMatchObject({
      status: 'rejected',
      problems: [{ code: 'no-dataset' }],
    });
  });

  it('that is no table is a file', async () => {
    const pdf = '%PDF-1.4\n1 0 obj <</Type /Pages /Count 2 /Kids []>> endobj';
    expect(await validate(await lake.put(zones.raw, 'documents/terms.pdf', pdf))).toMatchObject({
      status: 'file',
      format: { type: 'binary', mediaType: 'application/pdf' },
      media: { mediaType: 'application/pdf', pages: 2 },
    });
  });

  it('is read by its first 4 MiB alone', async () => {
    const row = '1,2.50,Soho\n';
    const body = `id,price,city\n${row.repeat(Math.ceil(headBytes / row.length))}x,x,x\n`;
    const verdict = await validate(await lake.put(zones.raw, 'large/large.csv', body));
    expect(verdict).toMatchObject({ status: 'accepted', complete: false, problemCount: 0 });
    expect(verdict.rowsChecked).toBeGreaterThan(300_000);
  });

  it('of Parquet is read at both its ends', async () => {
    const bytes = readFileSync('lib/languages/contract/fixtures/types.parquet');
    const body = Buffer.concat([Buffer.from('PAR1'), Buffer.alloc(2 * headBytes), bytes]);
    expect(await validate(await lake.put(zones.raw, 'columns/types.parquet', body))).toMatchObject({
      status: 'accepted',
      format: { type: 'parquet' },
      contractStatus: 'draft',
    });
    expect(await validate(await lake.put(zones.raw, 'columns/cut.parquet', body.subarray(0, -5)))).toMatchObject({
      status: 'rejected',
      problems: [{ code: 'parquet-damaged' }],
    });
  });

  it('shows a folder, and is ignored', async () => {
    expect(await validate(await lake.put(zones.raw, 'orders/', ''))).toMatchObject({ status: 'ignored' });
  });

  it('that was deleted again is superseded, also when its version is still there', async () => {
    const source = await lake.put(zones.raw, 'orders/gone.csv', csv);
    await lake.remove(zones.raw, source.key);
    expect(await validate(source)).toMatchObject({ status: 'superseded' });
    await lake.s3.send(new DeleteObjectCommand({ Bucket: zones.raw, Key: source.key, VersionId: source.versionId }));
    expect(await validate(source)).toMatchObject({ status: 'superseded' });
  });

  it('that was replaced is judged by its own bytes', async () => {
    const first = await lake.put(zones.raw, 'replaced/a.csv', csv);
    await lake.put(zones.raw, 'replaced/a.csv', 'x,y\n1,2\n');
    expect(await validate(first)).toMatchObject({ status: 'accepted', format: { header: ['id', 'price', 'city'] } });
  });

  it('keeps one contract when two first files race', async () => {
    const names = ['id,price,city', 'id,price,town', 'id,cost,city', 'nr,price,city'];
    const sources = await Promise.all(
      names.map((header, index) => lake.put(zones.raw, `race/${index}.csv`, csv.replace('id,price,city', header))),
    );
    const verdicts = await Promise.all(sources.map((source) => validate(source)));
    expect(verdicts.map(({ status }) => status).sort()).toEqual(['accepted', 'rejected', 'rejected', 'rejected']);
    expect(await lake.versions(zones.processed, '_lake/contracts/race.json')).toHaveLength(1);
  });

  it('of a dataset with a contract that is no contract fails the run, and stays where it is', async () => {
    await lake.put(zones.processed, '_lake/contracts/odd.json', '{"kind":"DataContract"}');
    const source = await lake.put(zones.raw, 'odd/a.csv', csv);
    await expect(validate(source)).rejects.toThrow(/The contract is not valid/);
  });
});

describe('the job graph', () => {
  it('is the one saved in the lake, else the one that ships with it', async () => {
    const source = await lake.put(zones.raw, 'sales/a.csv', csv);
    expect(await validate(source)).toMatchObject({ graphUri: 's3://graphs/sales.json' });
    await lake.put(zones.processed, '_lake/jobs/sales.json', '{}');
    expect(await validate(source)).toMatchObject({ graphUri: `s3://${zones.processed}/_lake/jobs/sales.json` });
  });
});

describe('a deletion', () => {
  const remove = async (source: FileSource) => {
    const versionId = await lake.remove(zones.raw, source.key);
    return validate({ ...source, versionId, size: 0 }, 'Object Deleted');
  };

  it('takes the rows of a table away', async () => {
    const source = await lake.put(zones.raw, 'going/a.csv', csv);
    await validate(source);
    expect(await remove(source)).toMatchObject({
      status: 'removed',
      dataset: 'going',
      file: 'a.csv',
      contractKey: '_lake/contracts/going.json',
      graphUri: '',
    });
  });

  it('of a dataset without a table concerns the list of files', async () => {
    expect(await remove(await lake.put(zones.raw, 'scans/a.png', '\x89'))).toMatchObject({ status: 'file' });
  });

  it('is ignored where the key holds a file again', async () => {
    const source = await lake.put(zones.raw, 'back/a.csv', csv);
    expect(await validate({ ...source, size: 0 }, 'Object Deleted')).toMatchObject({ status: 'ignored' });
  });
});
