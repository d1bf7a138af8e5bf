/** Rows that wait beside their table: staged by one run of the job, published by the next, whatever happens between. */
import { readFile } from 'node:fs/promises';
import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buckets, csv, GlueLake, type TransformRequest } from '../testing.ts';

const header = 'sale_id,location,Total_Sales';
const format = csv(header);

let lake: GlueLake;
beforeAll(async () => {
  lake = await GlueLake.start();
  const graph = await readFile(`${import.meta.dirname}/../../../../jobs/graphs/sales.json`, 'utf8');
  await lake.put(buckets.raw, '_graphs/sales.json', graph);
  await lake.putContract('sales', [
    ['sale_id', 'bigint', true],
    ['location', 'string'],
    ['Total_Sales', 'double'],
  ]);
});
afterAll(() => lake.close());

type Sent = Omit<TransformRequest, 'mode'>;

async function upload(file: string, rows: string): Promise<Sent> {
  const key = `sales/${file}`;
  const execution = `run-${lake.nextSequencer()}`;
  return {
    key,
    ...(await lake.upload(key, `${header}\n${rows}\n`)),
    format,
    execution,
    graph: `s3://${buckets.raw}/_graphs/sales.json`,
  };
}

const stage = (sent: Sent) => lake.transform({ ...sent, mode: 'stage' });
const publish = (sent: Sent) => lake.transform({ ...sent, mode: 'publish' });
const stagedKeys = ({ execution }: Sent) => lake.keys(buckets.processed, `_lake/staged/${execution}/`);
const totals = async () =>
  (await lake.rows('sales_by_location')).map(({ location, total_sales }) => [location, total_sales]);

describe('staged rows', () => {
  test('are beside the table until they are published, with all tables over all files', async () => {
    await lake.transform({ ...(await upload('a.csv', '1,London,5')), mode: 'write' });
    const sent = await upload('b.csv', '2,Paris,2\n3,London,1');
    const { report } = await stage(sent);
    expect(report).toMatchObject({
      outcome: 'staged',
      rowsIn: 2,
      rowsOut: 2,
      tables: [
        {
          name: 'sales',
          location: `s3://${buckets.processed}/_lake/staged/${sent.execution}/`,
          columns: [
            { name: 'sale_id', type: 'bigint' },
            { name: 'location', type: 'string' },
            { name: 'total_sales', type: 'double' },
          ],
          rows: 2,
        },
      ],
    });
    expect(report?.tables).toHaveLength(1);
    expect(await stagedKeys(sent)).toHaveLength(1);
    expect(await lake.rows('sales')).toHaveLength(1);
    expect(await totals()).toEqual([['London', 5]]);

    const published = await publish(sent);
    expect(published.report).toMatchObject({
      outcome: 'written',
      rowsIn: 2,
      rowsOut: 2,
      tables: [
        { name: 'sales', rows: 3, nodes: report?.tables[0]?.nodes },
        { name: 'sales_by_location', rows: 2 },
      ],
    });
    expect(await totals()).toEqual([
      ['London', 6],
      ['Paris', 2],
    ]);
    expect(await lake.keys(buckets.processed, 'sales/b.csv/')).toEqual(['sales/b.csv/part-00000.parquet']);
    expect(await stagedKeys(sent)).toEqual([]);
  });

  test('are checked row by row: a bad one leaves nothing', async () => {
    const sent = await upload('bad.csv', '1,London,5\nx,London,6');
    const { run } = await stage(sent);
    expect(run.ErrorMessage).toMatch(/^ContractViolation: /);
    expect(await stagedKeys(sent)).toEqual([]);
  });

  test('replace those that an earlier try of the same run has left', async () => {
    const sent = await upload('twice.csv', '7,Rome,1');
    await stage(sent);
    const before = await lake.rows('sales');
    await stage(sent);
    expect(await stagedKeys(sent)).toHaveLength(1);
    expect(await lake.rows('sales')).toEqual(before);
  });
});

describe('publishing', () => {
  test('twice is publishing once, and a run cut off before its end is done again', async () => {
    const sent = await upload('again.csv', '10,Oslo,3');
    await stage(sent);
    const staged = await lake.read(buckets.processed, `_lake/staged/${sent.execution}/part-00000.parquet`);
    const first = await publish(sent);
    const rows = await lake.rows('sales');
    // The staged rows are gone: the report says that all is done.
    const second = await publish(sent);
    expect(second.run.JobRunState).toBe('SUCCEEDED');
    expect(second.report).toEqual(first.report);
    // The staged rows are still there, as after a kill between the report and their removal.
    await lake.s3.send(
      new PutObjectCommand({
        Bucket: buckets.processed,
        Key: `_lake/staged/${sent.execution}/part-00000.parquet`,
        Body: staged,
        Metadata: { rows: '1' },
      }),
    );
    const third = await publish(sent);
    expect(third.report).toMatchObject({ outcome: 'written', rowsOut: 1 });
    expect(await lake.rows('sales')).toEqual(rows);
    expect(await stagedKeys(sent)).toEqual([]);
  });

  test('says so where the rows are gone that nobody has published', async () => {
    const sent = await upload('gone.csv', '11,Oslo,3');
    await stage(sent);
    const Key = `_lake/staged/${sent.execution}/part-00000.parquet`;
    await lake.s3.send(new DeleteObjectCommand({ Bucket: buckets.processed, Key }));
    const { run } = await publish(sent);
    expect(run).toMatchObject({
      JobRunState: 'FAILED',
      ErrorMessage: expect.stringMatching(/staged are gone.*Run the file again/),
    });
    expect(await lake.keys(buckets.processed, 'sales/gone.csv/')).toEqual([]);
  });

  test('leaves the table alone where the file was replaced, published anew or deleted meanwhile', async () => {
    const old = await upload('newer.csv', '20,Lyon,1');
    await stage(old);
    const newer = await upload('newer.csv', '21,Lyon,2');
    expect((await publish(old)).report).toMatchObject({ outcome: 'superseded', tables: [] });
    expect(await lake.keys(buckets.processed, 'sales/newer.csv/')).toEqual([]);
    expect(await stagedKeys(old)).toEqual([]);

    await stage(newer);
    expect((await publish(newer)).report?.outcome).toBe('written');
    const late = { ...newer, execution: 'late', sequencer: old.sequencer };
    await stage({ ...late, sequencer: lake.nextSequencer() });
    expect((await publish(late)).report?.outcome).toBe('superseded');

    const deleted = await upload('deleted.csv', '22,Lyon,2');
    await stage(deleted);
    await lake.remove(deleted.key);
    expect((await publish(deleted)).report?.outcome).toBe('superseded');
    expect(await lake.keys(buckets.processed, 'sales/deleted.csv/')).toEqual([]);
  });
});
