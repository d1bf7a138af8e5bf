/** The transform job through the SDK, from a raw file to its rows, tables and report. */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contractKey } from '../../../../../lib/languages/contract/contract.ts';
import { inspectFile } from '../../../../../lib/languages/contract/inspect-file.ts';
import { ContractViolation } from '../../../../../lib/languages/contract/problem.ts';
import { buckets, csv, GlueLake, type Outcome } from '../testing.ts';

const header = 'Order ID,Location,Total_Sales,Sold On';
const columns: [string, string, boolean?][] = [
  ['Order ID', 'bigint', true],
  ['Location', 'string'],
  ['Total_Sales', 'decimal(10,2)'],
  ['Sold On', 'date'],
];
const london = `${header}\n1, London ,10.50,2024-01-02\n2,,3,2024-01-03\n3,London,0.25,\n`;

let lake: GlueLake;
beforeAll(async () => {
  lake = await GlueLake.start();
});
afterAll(() => lake.close());

/** A dataset of its own for each test. */
let datasets = 0;
async function newDataset(): Promise<string> {
  const dataset = `sales${++datasets}`;
  await lake.putContract(dataset, columns);
  return dataset;
}

async function send(key: string, body: string | Uint8Array, format = csv(header)): Promise<Outcome> {
  return lake.transform({ key, ...(await lake.upload(key, body)), format });
}

function violationOf({ run }: Outcome): ContractViolation {
  expect(run.JobRunState).toBe('FAILED');
  expect(run.ErrorMessage).toMatch(/^ContractViolation: /);
  return ContractViolation.parse(JSON.parse(run.ErrorMessage?.slice('ContractViolation: '.length) ?? ''));
}

describe('a file that breaks the contract', () => {
  test('fails the run with rows, lines, columns and values, and leaves nothing behind', async () => {
    const dataset = await newDataset();
    const body = `${header}\n1,London,10.50,2024-01-02\nx,"Pa\nris",1.234,2024-02-30\n,Rome,1,2024-01-01\n`;
    const violation = violationOf(await send(`${dataset}/bad.csv`, body));
    expect(violation.problemCount).toBe(4);
    expect(violation.problems.map(({ code, row, line, column, value }) => [code, row, line, column, value])).toEqual([
      ['type-mismatch', 2, 3, 'Order ID', 'x'],
      ['type-mismatch', 2, 3, 'Total_Sales', '1.234'],
      ['date-impossible', 2, 3, 'Sold On', '2024-02-30'],
      ['value-required', 3, 5, 'Order ID', undefined],
    ]);
    expect(await lake.keys(buckets.processed, `${dataset}/`)).toEqual([]);
  });

  test('is found out by its last row, far beyond what anyone looked at before', async () => {
    const dataset = await newDataset();
    const good = Array.from({ length: 300_000 }, (_, i) => `${i},London,${i % 100}.5,2024-01-02`).join('\n');
    const violation = violationOf(
      await send(`${dataset}/long.csv`, `${header}\n${good}\n300000,London,much,2024-01-02\n`),
    );
    expect(violation.problemCount).toBe(1);
    expect(violation.problems[0]).toMatchObject({ row: 300_001, line: 300_002, column: 'Total_Sales', value: 'much' });
  });

  test('may have rows with too few or too many fields, or never close a quote', async () => {
    const dataset = await newDataset();
    const ragged = violationOf(
      await send(`${dataset}/a.csv`, `${header}\n1,London\n2,Paris,3,2024-01-01,what\n3,Rome,1,\n`),
    );
    expect(ragged.problems.map(({ code, row, found }) => [code, row, found])).toEqual([
      ['fields-too-few', 1, '2'],
      ['fields-too-many', 2, '5'],
    ]);
    const unclosed = violationOf(await send(`${dataset}/b.csv`, `${header}\n1,"London,2,2024-01-01\n2,Paris,3,\n`));
    expect(unclosed.problems.map(({ code }) => code)).toEqual(['quote-unclosed']);
  });

  test('may lack a column, or have one too many', async () => {
    const dataset = await newDataset();
    const other = 'Order ID,Location,Sold On,Price';
    const violation = violationOf(await send(`${dataset}/c.csv`, `${other}\n1,London,2024-01-01,5\n`, csv(other)));
    expect(violation.problems.map(({ code, column }) => [code, column])).toEqual([
      ['column-missing', 'Total_Sales'],
      ['column-unexpected', 'Price'],
    ]);
  });
});

describe('a good file', () => {
  test('becomes cleaned, typed rows under the names of the contract', async () => {
    const dataset = await newDataset();
    const { run, report } = await send(`${dataset}/london.csv`, london);
    expect(run.JobRunState).toBe('SUCCEEDED');
    expect(await lake.keys(buckets.processed, `${dataset}/`)).toEqual([`${dataset}/london.csv/part-00000.parquet`]);
    expect(await lake.rows(dataset)).toEqual([
      { order_id: 1n, location: 'London', total_sales: 10.5, sold_on: new Date('2024-01-02') },
      { order_id: 2n, location: null, total_sales: 3, sold_on: new Date('2024-01-03') },
      { order_id: 3n, location: 'London', total_sales: 0.25, sold_on: null },
    ]);
    expect(report).toMatchObject({ dataset, outcome: 'written', rowsIn: 3, rowsOut: 3 });
    expect(report?.tables).toEqual([
      {
        name: dataset,
        location: `s3://${buckets.processed}/${dataset}/`,
        columns: [
          { name: 'order_id', type: 'bigint' },
          { name: 'location', type: 'string' },
          { name: 'total_sales', type: 'decimal(10,2)' },
          { name: 'sold_on', type: 'date' },
        ],
        rows: 3,
        sizeBytes: expect.any(Number),
        nodes: expect.arrayContaining([{ id: 'source', name: `Raw ${dataset}`, rows: 3 }]),
      },
    ]);
  });

  test.each([
    ['semicolons', london.replaceAll(',', ';'), csv(header.replaceAll(',', ';'), { delimiter: ';' })],
    ['Latin-1', Buffer.from(london.replace('London', 'Orléans'), 'latin1'), csv(header, { encoding: 'latin-1' })],
    ['UTF-16, little end first', utf16(london), csv(header, { encoding: 'utf-16' })],
    ['UTF-16, big end first', utf16(london).swap16(), csv(header, { encoding: 'utf-16' })],
    ['a byte order mark', `\uFEFF${london}`, csv(header)],
    ['Windows line ends', london.replaceAll('\n', '\r\n'), csv(header)],
    ['line ends of both kinds', london.replace('\n2', '\r\n2'), csv(header)],
    ['a carriage return inside a value', london.replace('3,London', '3,Lon\rdon'), csv(header)],
    ['another order and case of its columns', swapped(), csv('location,ORDER id,Sold On,total_sales')],
  ])('may have %s', async (_what, body, format) => {
    const dataset = await newDataset();
    const { run } = await send(`${dataset}/file.csv`, body, format);
    expect(run.ErrorMessage).toBeUndefined();
    const rows = await lake.rows(dataset);
    expect(rows.map(({ order_id, total_sales }) => [order_id, total_sales])).toEqual([
      [1n, 10.5],
      [2n, 3],
      [3n, 0.25],
    ]);
  });

  test('may be compressed', async () => {
    const { gzipSync } = await import('node:zlib');
    const dataset = await newDataset();
    const { run } = await send(`${dataset}/file.csv.gz`, gzipSync(london), csv(header, { compression: 'gzip' }));
    expect(run.JobRunState).toBe('SUCCEEDED');
    expect(await lake.rows(dataset)).toHaveLength(3);
  });

  test('may be JSON, with big numbers kept to the last digit', async () => {
    const dataset = await newDataset();
    const records = `[{"Order ID": 9007199254740993, "Location": " Lyon ", "Total_Sales": 1.5},\n {"Order ID": 2, "Sold On": "2024-01-01"}]`;
    const { run } = await send(`${dataset}/a.json`, records, { type: 'json', layout: 'array' });
    expect(run.ErrorMessage).toBeUndefined();
    expect(await lake.lines(run.Id ?? '')).toEqual([
      expect.stringMatching(/^write s3:\/\/test-raw\/.*a\.json version /),
      'written: 2 rows, 1 tables',
    ]);
    expect(await lake.rows(dataset)).toEqual([
      { order_id: 9007199254740993n, location: 'Lyon', total_sales: 1.5, sold_on: null },
      { order_id: 2n, location: null, total_sales: null, sold_on: new Date('2024-01-01') },
    ]);
    const lines = '{"order id": 9007199254740993}\n\n{"Order ID": 4, "Location": ""}\n';
    const other = await send(`${dataset}/b.json`, lines, { type: 'json', layout: 'lines' });
    expect(other.run.ErrorMessage).toBeUndefined();
    expect((await lake.rows(dataset)).map(({ order_id }) => order_id)).toEqual([
      9007199254740993n,
      2n,
      9007199254740993n,
      4n,
    ]);
    const bad = await send(`${dataset}/c.json`, '{"Order ID": 1, "Colour": "red"}\n{"Location": "Rome"}\n', {
      type: 'json',
      layout: 'lines',
    });
    expect(violationOf(bad).problems.map(({ code, row, column }) => [code, row, column])).toEqual([
      ['column-unexpected', 1, 'Colour'],
      ['column-missing', 2, 'Order ID'],
    ]);
  });
});

function utf16(text: string): Buffer {
  return Buffer.from(`\uFEFF${text}`, 'utf16le');
}

function swapped(): string {
  return 'location,ORDER id,Sold On,total_sales\nLondon,1,2024-01-02,10.50\n,2,2024-01-03,3\nLondon,3,,0.25\n';
}

describe('the files of a dataset', () => {
  test('add up, replace their own rows, and take them away', async () => {
    const dataset = await newDataset();
    const ids = async () => (await lake.rows(dataset)).map(({ order_id }) => Number(order_id));
    await send(`${dataset}/a.csv`, `${header}\n1,,,\n2,,,\n`);
    const { report } = await send(`${dataset}/sub/b.csv`, `${header}\n3,,,\n`);
    expect(report?.tables[0]?.rows).toBe(3);
    expect(await ids()).toEqual([1, 2, 3]);
    await send(`${dataset}/a.csv`, `${header}\n7,,,\n`);
    expect(await ids()).toEqual([7, 3]);
    const removed = await lake.transform({
      key: `${dataset}/a.csv`,
      ...(await lake.remove(`${dataset}/a.csv`)),
      format: { type: 'binary', mediaType: 'application/octet-stream' },
      mode: 'remove',
    });
    expect(removed.report).toMatchObject({ outcome: 'removed', tables: [{ name: dataset, rows: 1 }] });
    expect(await ids()).toEqual([3]);
  });

  test('are not put back by a run that comes late', async () => {
    const dataset = await newDataset();
    const key = `${dataset}/a.csv`;
    const first = await lake.upload(key, `${header}\n1,,,\n`);
    const second = await lake.upload(key, `${header}\n2,,,\n`);
    await lake.transform({ key, ...second, format: csv(header) });
    const late = await lake.transform({ key, ...first, format: csv(header) });
    expect(late.report?.outcome).toBe('superseded');
    expect((await lake.rows(dataset)).map(({ order_id }) => order_id)).toEqual([2n]);
    const deletion = await lake.remove(key);
    const afterDeletion = await lake.transform({ key, ...second, format: csv(header), execution: 'late' });
    expect(afterDeletion.report?.outcome).toBe('superseded');
    const again = await lake.upload(key, `${header}\n3,,,\n`);
    const lateRemoval = await lake.transform({ key, ...deletion, format: csv(header), mode: 'remove' });
    expect(lateRemoval.report?.outcome).toBe('superseded');
    await lake.transform({ key, ...again, format: csv(header) });
    expect((await lake.rows(dataset)).map(({ order_id }) => order_id)).toEqual([3n]);
  });
});

test('a Parquet file is held to the contract too, by values as well as by columns', async () => {
  const from = await newDataset();
  await send(`${from}/a.csv`, london);
  const bytes = await lake.read(buckets.processed, `${from}/a.csv/part-00000.parquet`);
  const format = { type: 'parquet' } as const;
  const into = `parquet${++datasets}`;
  const asDrafted: [string, string, boolean?][] = [
    ['Order_ID', 'bigint', true],
    ['location', 'string'],
    ['Total_Sales', 'double'],
    ['Sold_On', 'string'],
  ];
  await lake.putContract(into, asDrafted);
  expect((await send(`${into}/a.parquet`, bytes, format)).run.ErrorMessage).toBeUndefined();
  expect((await lake.rows(into))[0]).toEqual({
    order_id: 1n,
    location: 'London',
    total_sales: 10.5,
    sold_on: '2024-01-02',
  });
  await lake.putContract(into, [
    ...asDrafted.slice(0, 1),
    ['location', 'string', true],
    ['Total_Sales', 'bigint'],
    ['Sold_On', 'date'],
  ]);
  const violation = violationOf(await send(`${into}/b.parquet`, bytes, format));
  expect(violation.problemCount).toBe(3);
  expect(violation.problems.map(({ code, row, column, value }) => [code, row, column, value])).toEqual([
    ['value-required', 2, 'location', undefined],
    ['type-mismatch', 1, 'Total_Sales', '10.50'],
    ['type-mismatch', 3, 'Total_Sales', '0.25'],
  ]);
  await lake.putContract(into, [
    ['Order_ID', 'bigint'],
    ['Colour', 'string'],
  ]);
  const names = violationOf(await send(`${into}/c.parquet`, bytes, format)).problems.map(({ code, column }) => [
    code,
    column,
  ]);
  expect(names).toContainEqual(['column-missing', 'Colour']);
  expect(names).toContainEqual(['column-unexpected', 'total_sales']);
});

test('a graph may filter, join with a table of the catalog, and count distinct values', async () => {
  const dataset = await newDataset();
  await lake.put(buckets.processed, 'places/part-00000.parquet', await placesParquet());
  await lake.createTable('places', `s3://${buckets.processed}/places/`, [
    ['place', 'string'],
    ['country', 'string'],
  ]);
  const node = (type: string, settings: object) => ({ [type]: { Name: type, ...settings } });
  const target = (table: string, input: string) =>
    node('S3GlueParquetTarget', {
      Inputs: [input],
      Path: `s3://\${ProcessedBucket}/${table}/`,
      Compression: 'uncompressed',
    });
  const graph = {
    source: node('S3CsvSource', { Paths: [`s3://\${RawBucket}/${dataset}/`], Separator: 'comma', QuoteChar: 'quote' }),
    schema: node('ApplyMapping', { Inputs: ['source'], Mapping: '${ContractMapping}' }),
    positive: node('Filter', {
      Inputs: ['schema'],
      LogicalOperator: 'AND',
      Filters: [
        {
          Operation: 'GT',
          Values: [
            { Type: 'COLUMNEXTRACTED', Value: ['total_sales'] },
            { Type: 'CONSTANT', Value: ['1'] },
          ],
        },
      ],
    }),
    places: node('CatalogSource', { Database: 'retail', Table: 'places' }),
    join: node('Join', {
      Inputs: ['positive', 'places'],
      JoinType: 'left',
      Columns: [
        { From: 'positive', Keys: [['location']] },
        { From: 'places', Keys: [['place']] },
      ],
    }),
    own: target(dataset, 'join'),
    count: node('Aggregate', {
      Inputs: ['join'],
      Groups: [],
      Aggs: [{ Column: ['country'], AggFunc: 'countDistinct' }],
    }),
    name: node('RenameField', {
      Inputs: ['count'],
      SourcePath: ['count(DISTINCT country)'],
      TargetPath: ['countries'],
    }),
    all: target(`${dataset}_countries`, 'name'),
  };
  await lake.put(buckets.raw, '_graphs/join.json', JSON.stringify(graph));
  const upload = await lake.upload(`${dataset}/a.csv`, `${london}4,Paris,7,\n`);
  const request = {
    key: `${dataset}/a.csv`,
    ...upload,
    format: csv(header),
    graph: `s3://${buckets.raw}/_graphs/join.json`,
  };
  const { run, report } = await lake.transform(request);
  expect(run.ErrorMessage).toBeUndefined();
  expect((await lake.rows(dataset)).map(({ order_id, country }) => [order_id, country])).toEqual(
    expect.arrayContaining([
      [1n, 'UK'],
      [2n, null],
      [4n, 'France'],
    ]),
  );
  expect(await lake.rows(`${dataset}_countries`)).toEqual([{ countries: 2n }]);
  expect(report).toMatchObject({ rowsIn: 4, rowsOut: 3 });
});

/** The places of the test above, made by the lake itself. */
async function placesParquet(): Promise<Uint8Array> {
  await lake.putContract('someplaces', [
    ['place', 'string'],
    ['country', 'string'],
  ]);
  await send('someplaces/a.csv', 'place,country\nLondon,UK\nParis,France\n', csv('place,country'));
  return lake.read(buckets.processed, 'someplaces/a.csv/part-00000.parquet');
}

test('the samples that ship with the lake are read by the engine, without a second look', async () => {
  const samples = new URL('../../../../../samples/data/', import.meta.url);
  for (const file of ['retail/customers.csv', 'retail/customers.ndjson', 'retail/products.json', 'web/access.log']) {
    const bytes = await readFile(new URL(file, samples));
    const fileName = file.split('/')[1] ?? '';
    const dataset = `sample${++datasets}`;
    const { contract, format } = inspectFile(bytes, { fileName, sizeBytes: bytes.length, truncated: false }, dataset);
    await lake.put(buckets.processed, contractKey(dataset), JSON.stringify(contract));
    const { run, report } = await send(`${dataset}/${fileName}`, bytes, format);
    expect(run.ErrorMessage).toBeUndefined();
    expect(report?.rowsIn).toBeGreaterThan(0);
    expect(await lake.lines(run.Id ?? '')).toHaveLength(2);
  }
});

describe('a graph with tables over all files', () => {
  const sales = 'sale_id,location,Total_Sales';
  const send = async (key: string, body: string) =>
    lake.transform({
      key,
      ...(await lake.upload(key, body)),
      format: csv(sales),
      graph: `s3://${buckets.raw}/_graphs/sales.json`,
    });
  const totals = async () =>
    (await lake.rows('sales_by_location')).map(({ location, total_sales }) => [location, total_sales]);

  test('sums the rows of every file, and again when one is replaced or deleted', async () => {
    await lake.put(
      buckets.raw,
      '_graphs/sales.json',
      await readFile(`${import.meta.dirname}/../../../../jobs/graphs/sales.json`),
    );
    await lake.putContract('sales', [
      ['sale_id', 'bigint', true],
      ['location', 'string'],
      ['Total_Sales', 'double'],
    ]);
    await send('sales/a.csv', `${sales}\n1,London,0.1\n2,London,0.2\n3,Paris,1\n`);
    const { report } = await send('sales/b.csv', `${sales}\n4,Paris,2\n`);
    expect(await totals()).toEqual([
      ['London', expect.closeTo(0.3)],
      ['Paris', 3],
    ]);
    expect(
      report?.tables.map(({ name, rows, nodes }) => [name, rows, nodes.map((node) => [node.name, node.rows])]),
    ).toEqual([
      [
        'sales',
        4,
        [
          ['Raw sales', 1],
          ['Change schema', 1],
        ],
      ],
      [
        'sales_by_location',
        2,
        [
          ['Change schema', 4],
          ['Sum by location', 2],
          ['Name the total', 2],
        ],
      ],
    ]);
    await send('sales/a.csv', `${sales}\n1,London,5\n`);
    expect(await totals()).toEqual([
      ['London', 5],
      ['Paris', 2],
    ]);
    const deletion = await lake.remove('sales/b.csv');
    const graph = `s3://${buckets.raw}/_graphs/sales.json`;
    await lake.transform({ key: 'sales/b.csv', ...deletion, format: csv(sales), mode: 'remove', graph });
    expect(await totals()).toEqual([['London', 5]]);
  });

  test('that cannot run fails by node and field', async () => {
    await lake.put(buckets.raw, '_graphs/bad.json', '{"a":{"Filter":{"Name":"F","Inputs":["b"]}}}');
    await lake.putContract('bad', [['a', 'string']]);
    const upload = await lake.upload('bad/a.csv', 'a\n1\n');
    const { run } = await lake.transform({
      key: 'bad/a.csv',
      ...upload,
      format: csv('a'),
      graph: `s3://${buckets.raw}/_graphs/bad.json`,
    });
    expect(run.ErrorMessage).toMatch(/^The job graph cannot run\. Node “F” \(a\), LogicalOperator: /);
  });
});

test('a job may do what its role may, and no more', async () => {
  const dataset = await newDataset();
  const upload = await lake.upload(`${dataset}/a.csv`, london);
  await lake.allow([
    { Action: ['s3:GetObject', 's3:GetObjectVersion', 's3:ListBucket'], Resource: 'arn:aws:s3:::test-*' },
  ]);
  const { run } = await lake.transform({ key: `${dataset}/a.csv`, ...upload, format: csv(header) });
  await lake.allowAll();
  expect(run.JobRunState).toBe('FAILED');
  expect(run.ErrorMessage).toMatch(/test-glue-role.* is not authorized to perform: s3:PutObject/);
  expect(await lake.keys(buckets.processed, `${dataset}/`)).toEqual([]);
});
