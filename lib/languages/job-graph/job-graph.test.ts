import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Contract } from '../contract/contract.ts';
import { checkGraph } from './check-graph.ts';
import { compileGraph } from './compile-graph.ts';
import { defaultGraph } from './default-graph.ts';
import { type GraphColumn, type JobGraph, printGraph } from './graph.ts';
import { GraphError } from './graph-error.ts';
import { resolveGraph } from './graph-template.ts';
import { parseGraph } from './parse-graph.ts';
import { isDatasetSource, planGraph } from './plan.ts';

const buckets = { raw: 'raw', processed: 'processed' };
const dataset = { dataset: 'sales', rawBucket: 'raw', processedBucket: 'processed' };
const source = {
  S3CsvSource: { Name: 'Raw', Paths: ['s3://raw/sales/'], Separator: 'comma', QuoteChar: 'quote', WithHeader: true },
};
const products = { CatalogSource: { Name: 'Products', Database: 'retail', Table: 'products' } };
const columns: GraphColumn[] = [
  { name: 'Location', type: 'string' },
  { name: 'Total', type: 'decimal(10,2)' },
  { name: 'Sold', type: 'date' },
];
const mapping = {
  Name: 'Schema',
  Inputs: ['source'],
  Mapping: [
    { FromPath: ['Location'], ToKey: 'location', ToType: 'string' },
    { FromPath: ['Total'], ToKey: 'total', ToType: 'decimal(10,2)' },
  ],
};
const target = (input: string, table = 'sales') => ({
  S3GlueParquetTarget: { Name: table, Inputs: [input], Path: `s3://processed/${table}/` },
});
const sum = (input: string) => ({
  Aggregate: { Name: 'Sum', Inputs: [input], Groups: [['location']], Aggs: [{ Column: ['total'], AggFunc: 'sum' }] },
});
const rename = (input: string) => ({
  RenameField: { Name: 'Rename', Inputs: [input], SourcePath: ['sum(total)'], TargetPath: ['total'] },
});

function check(graph: JobGraph) {
  return checkGraph(graph, (id) => (id === 'source' ? columns : [{ name: 'product', type: 'string' }]));
}

function plan(json: Record<string, unknown>) {
  const graph = parseGraph(json);
  return planGraph(graph, { ...dataset, columns: check(graph).columns });
}

function problemOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof GraphError) return error.message;
    throw error;
  }
  return 'no problem';
}

describe('parseGraph', () => {
  test.each([
    [[], 'A job graph is a JSON object of nodes by id.'],
    [{}, 'The job graph has no nodes.'],
    [{ a: {} }, 'Node a: must be an object with its kind as the one key, as in {"Filter": {…}}.'],
    [{ a: { RedshiftSource: {} } }, /^Node a: is a RedshiftSource, which is not supported\. Supported are S3CsvSource/],
    [
      { a: { Filter: { Name: 'F', Inputs: [] } } },
      /Node “F” \(a\), Inputs: must name one node\. .*LogicalOperator.*Filters/,
    ],
    [{ a: target('b') }, 'Node “sales” (a), Inputs: there is no node b.'],
    [{ a: sum('b'), b: rename('a') }, 'Node “Sum” (a), Inputs: reads its own output: a → b → a.'],
  ])('refuses %j by node and field', (json, message) => {
    expect(problemOf(() => parseGraph(json))).toMatch(message);
  });

  test('keeps what it does not know of a node, and puts nodes after their inputs', () => {
    const json = {
      end: target('source'),
      source: { S3CsvSource: { ...source.S3CsvSource, Recurse: true, Escaper: '\\' } },
    };
    const graph = parseGraph(json);
    expect(graph.map(({ id }) => id)).toEqual(['source', 'end']);
    expect(printGraph(graph)).toEqual(json);
  });
});

describe('checkGraph', () => {
  test.each([
    [
      { ...mapping, Mapping: [{ FromPath: ['Price'], ToKey: 'price' }] },
      'Mapping.0.FromPath',
      /no column “Price”. There are: Location, Total, Sold/,
    ],
    [
      { ...mapping, Mapping: [{ FromPath: ['Total'], ToKey: 'total', ToType: 'money' }] },
      'Mapping.0.ToType',
      /“money” is not a type/,
    ],
    [
      { ...mapping, Mapping: [{ FromPath: ['Sold'], ToKey: 'sold', ToType: 'int' }] },
      'Mapping.0.ToType',
      /date, which cannot become int/,
    ],
    [
      { ...mapping, Mapping: [mapping.Mapping[0], mapping.Mapping[0]] },
      'Mapping.1.ToKey',
      /two columns are called “location”/,
    ],
  ])('finds what is wrong in a mapping', (settings, field, message) => {
    const { problems } = check(parseGraph({ source, map: { ApplyMapping: settings }, end: target('map') }));
    expect(problems).toEqual([{ nodeId: 'map', nodeName: 'Schema', field, message: expect.stringMatching(message) }]);
  });

  test('follows columns and types through every node, as Spark names and types them', () => {
    const graph = parseGraph({
      source,
      map: { ApplyMapping: mapping },
      sum: sum('map'),
      name: rename('sum'),
      end: target('name'),
    });
    const { problems, columns: known } = check(graph);
    expect(problems).toEqual([]);
    expect(known.get('sum')).toEqual([
      { name: 'location', type: 'string' },
      { name: 'sum(total)', type: 'decimal(20,2)' },
    ]);
    expect(known.get('end')?.map(({ name }) => name)).toEqual(['location', 'total']);
  });

  test('refuses nodes whose result would not be the same on Spark, and columns that Athena cannot name', () => {
    const sql = { SparkSQL: { Name: 'SQL', Inputs: ['source'], SqlQuery: 'select 1', SqlAliases: [] } };
    const messages = check(parseGraph({ source, sql, end: target('sql') })).problems.map(({ message }) => message);
    expect(messages[0]).toMatch(/^SparkSQL SQL of Spark does not run on this lake/);
    const odd = check(parseGraph({ source, map: { ApplyMapping: mapping }, sum: sum('map'), end: target('sum') }));
    expect(odd.problems.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^“sum\(total\)”: give it a name/),
    ]);
  });

  test('asks for a sum of numbers only, and for joins without a name twice', () => {
    const text = {
      Aggregate: { Name: 'S', Inputs: ['source'], Groups: [], Aggs: [{ Column: ['Location'], AggFunc: 'sum' }] },
    };
    expect(check(parseGraph({ source, text, end: target('text') })).problems[0]?.message).toMatch(
      /sum needs a number, but “Location” is string/,
    );
    const keys = { From: 'source', Keys: [['Location']] };
    const join = {
      Join: { Name: 'J', Inputs: ['source', 'same'], JoinType: 'left', Columns: [keys, { ...keys, From: 'same' }] },
    };
    const same = { SelectFields: { Name: 'same', Inputs: ['source'], Paths: [['Location']] } };
    expect(check(parseGraph({ source, same, join, end: target('join') })).problems[0]?.message).toMatch(
      /both inputs have “Location”/,
    );
  });
});

describe('planGraph', () => {
  test('does by file what leads to the own table, and for the whole table what comes after', () => {
    const planned = plan({
      source,
      map: { ApplyMapping: mapping },
      own: target('map'),
      sum: sum('map'),
      name: rename('sum'),
      all: target('name', 'sales_by_location'),
    });
    expect(planned.perFile.map(({ id }) => id)).toEqual(['source', 'map']);
    expect(planned.own).toMatchObject({ name: 'sales', feederId: 'map', scope: 'file' });
    expect(planned.whole.map(({ id }) => id)).toEqual(['sum', 'name']);
    expect(planned.wholeTables).toMatchObject([{ name: 'sales_by_location', feederId: 'name', scope: 'whole' }]);
  });

  test('joins a file with a table of the catalog', () => {
    const join = {
      Join: {
        Name: 'J',
        Inputs: ['source', 'products'],
        JoinType: 'left',
        Columns: [
          { From: 'source', Keys: [['Location']] },
          { From: 'products', Keys: [['product']] },
        ],
      },
    };
    const planned = plan({ source, products, join, end: target('join') });
    expect(planned.perFile.map(({ id }) => id)).toEqual(['source', 'join']);
    expect(planned.catalogSources.map(({ id }) => id)).toEqual(['products']);
  });

  test.each([
    [
      'no own table',
      { source, end: target('source', 'other') },
      /no target for the dataset's own table, s3:\/\/processed\/sales\//,
    ],
    [
      'a sum before the own table',
      { source, sum: sum('source'), end: target('sum') },
      /Aggregate needs the rows of all files/,
    ],
    [
      'another way around the own table',
      { source, map: { ApplyMapping: mapping }, own: target('map'), sum: sum('source'), all: target('sum', 'x') },
      /Let that table's nodes read “Schema”/,
    ],
    [
      'a target elsewhere',
      { source, end: { S3GlueParquetTarget: { Name: 'E', Inputs: ['source'], Path: 's3://raw/x/' } } },
      /folder of the processed zone/,
    ],
  ])('refuses %s', (_what, json, message) => {
    expect(problemOf(() => plan(json))).toMatch(message);
  });
});

const contract: Contract = {
  apiVersion: 'v3.0.2',
  kind: 'DataContract',
  id: 'urn:sales',
  name: 'sales',
  version: '1.0.0',
  status: 'active',
  schema: [
    {
      name: 'sales',
      logicalType: 'object',
      physicalType: 'table',
      properties: [
        { name: 'location', physicalName: 'location', logicalType: 'string', physicalType: 'string', required: true },
        {
          name: 'total_sales',
          physicalName: 'Total_Sales',
          logicalType: 'number',
          physicalType: 'double',
          required: false,
        },
      ],
    },
  ],
};

test('the graph of sales gives the brief’s two tables whatever other columns the contract has', () => {
  const text = readFileSync(new URL('../../../infra/jobs/graphs/sales.json', import.meta.url), 'utf8');
  const graph = resolveGraph(text, buckets, contract);
  const { problems, columns: known } = checkGraph(graph, () => [
    { name: 'location', type: 'string' },
    { name: 'Total_Sales', type: 'double' },
  ]);
  expect(problems).toEqual([]);
  const { own, wholeTables } = planGraph(graph, { ...dataset, columns: known });
  const types = [
    { name: 'location', type: 'string' },
    { name: 'total_sales', type: 'double' },
  ];
  expect([own, ...wholeTables].map(({ name, columns: of }) => [name, of])).toEqual([
    ['sales', types],
    ['sales_by_location', types],
  ]);
});

test('the default graph cleans by the contract and writes the own table', () => {
  const graph = defaultGraph('sales', contract, buckets);
  expect(isDatasetSource(graph[0] as (typeof graph)[0], dataset)).toBe(true);
  const { columns: known } = checkGraph(graph, () => [
    { name: 'location', type: 'string' },
    { name: 'Total_Sales', type: 'double' },
  ]);
  const planned = planGraph(graph, { ...dataset, columns: known });
  const compiled = compileGraph(planned, known, { datasetSql: 'SELECT 1', catalogSql: () => '', ownTableSql: '' });
  expect(compiled.perFile.map(({ select }) => select)).toEqual([
    'SELECT 1',
    'SELECT "location" AS "location", "Total_Sales" AS "total_sales" FROM "source"',
  ]);
  expect(compiled.whole).toEqual([]);
});
