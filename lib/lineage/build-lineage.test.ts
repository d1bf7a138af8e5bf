import { describe, expect, it } from 'vitest';
import { facet, type RunEvent } from '@/lib/languages/openlineage/run-event.ts';
import { buildLineage, type Known } from './build-lineage';
import { related, stagesOf } from './stages';

const glue = 'arn:aws:glue:eu-west-3:000000000000';
const table = (name: string, dataset = 'sales') => ({ name, dataset, database: 'retail', columns: [], rows: 2 });
const run = { execution: 'e1', state: 'succeeded' as const, at: 1, steps: [] };

function complete(
  fields: Record<string, { namespace: string; name: string; field: string; subtype: string }[]>,
): RunEvent {
  const columns = Object.entries(fields).map(([name, inputs]) => {
    const inputFields = inputs.map(({ subtype, ...input }) => ({
      ...input,
      transformations: [{ type: 'DIRECT' as const, subtype }],
    }));
    return [name, { inputFields }] as const;
  });
  return {
    eventType: 'COMPLETE',
    eventTime: '2026-03-01T10:00:00Z',
    producer: 'urn:x',
    schemaURL: 'urn:x',
    run: { runId: '6ba7b811-9dad-51d1-80b4-00c04fd430c8' },
    job: { namespace: 'n', name: 'j' },
    inputs: [
      { namespace: 's3://raw', name: 'sales/a.csv' },
      { namespace: glue, name: 'table/retail/stores' },
    ],
    outputs: [
      {
        namespace: glue,
        name: 'table/retail/sales_totals',
        facets: { columnLineage: facet('ColumnLineageDatasetFacet', '1-2-0', { fields: Object.fromEntries(columns) }) },
      },
    ],
  };
}

function known(given: Partial<Known> = {}): Known {
  return {
    name: 'sales',
    dataset: 'sales',
    database: 'retail',
    addressOf: ({ name }) => name,
    tables: [table('sales'), table('sales_totals')],
    views: [],
    queries: [],
    files: { bucket: 'raw', prefix: 'sales/', count: 2, isMore: false, sizeBytes: 10, newest: [] },
    runs: [run],
    complete: undefined,
    ...given,
  };
}

const edgesOf = (given: Partial<Known>) => buildLineage(known(given)).edges.map(({ from, to }) => `${from} > ${to}`);

describe('the drawing of a dataset', () => {
  it('leads from the files through the pipeline to the own table, and from that to what is computed from it', () => {
    expect(edgesOf({})).toEqual([
      'files > pipeline',
      'pipeline > table:retail.sales',
      'table:retail.sales > table:retail.sales_totals',
    ]);
  });

  it('has the tables that a job reads beside the file, and says of which columns a column is made', () => {
    const event = complete({
      total: [{ namespace: glue, name: 'table/retail/sales', field: 'amount', subtype: 'AGGREGATION' }],
    });
    const lineage = buildLineage(known({ complete: event }));
    expect(lineage.edges).toContainEqual({ from: 'table:retail.stores', to: 'pipeline' });
    expect(lineage.columns['table:retail.sales_totals']).toEqual([
      {
        column: 'total',
        sources: [{ nodeId: 'table:retail.sales', from: 'sales', column: 'amount', subtype: 'AGGREGATION' }],
      },
    ]);
  });

  it('follows views of views, in whatever order the catalog has them, and even in a circle', () => {
    const views = [
      { name: 'second', reads: ['retail.first', 'retail.second'] },
      { name: 'first', reads: ['retail.sales', 'retail.second'] },
      { name: 'elsewhere', reads: ['other.t'] },
    ];
    const edges = edgesOf({ views });
    expect(edges).toContain('table:retail.sales > table:retail.first');
    expect(edges).toContain('table:retail.first > table:retail.second');
    expect(edges.join()).not.toContain('elsewhere');
  });

  it('ends in the saved queries that read something drawn', () => {
    const queries = [
      { id: 'q1', name: 'margins', tables: ['retail.sales', 'retail.sales_totals'] },
      { id: 'q2', name: 'others', tables: ['retail.stock'] },
    ];
    const edges = edgesOf({ queries });
    expect(edges.filter((edge) => edge.includes('query:'))).toEqual([
      'table:retail.sales > query:q1',
      'table:retail.sales_totals > query:q1',
    ]);
  });

  it('has no pipeline where nothing ran, as for a table that a crawler found', () => {
    expect(edgesOf({ runs: [], dataset: 'found', name: 'found', tables: [table('found', 'found')] })).toEqual([
      'files > table:retail.found',
    ]);
  });
});

describe('stages', () => {
  const edges = [
    { from: 'a', to: 'b' },
    { from: 'b', to: 'c' },
    { from: 'a', to: 'c' },
    { from: 'x', to: 'c' },
  ];

  it('put a node behind all that it is made of', () => {
    expect(stagesOf(['a', 'b', 'c', 'x'], edges)).toEqual([{ ids: ['a', 'x'] }, { ids: ['b'] }, { ids: ['c'] }]);
  });

  it('end where a circle does', () => {
    const circle = [
      { from: 'a', to: 'b' },
      { from: 'b', to: 'a' },
    ];
    expect(stagesOf(['a', 'b'], circle).flatMap(({ ids }) => ids)).toHaveLength(2);
  });

  it('know all that a node has to do with', () => {
    expect([...related('b', edges)].sort()).toEqual(['a', 'b', 'c']);
  });
});
