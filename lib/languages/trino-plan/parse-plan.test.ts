import { describe, expect, it } from 'vitest';
import { parsePlan } from './parse-plan.ts';
import { costliestStep, type PlanStep, scannedColumns, stepsOf, tableOf } from './plan-step.ts';

const names = (root: PlanStep | undefined) => (root ? stepsOf(root).map(({ name }) => name) : []);
const scanIn = (root: PlanStep | undefined) =>
  stepsOf(root as PlanStep).find(({ kind }) => kind === 'scan') as PlanStep;

describe('a plan', () => {
  it('in fragments is put together where their rows go', () => {
    const root = parsePlan(
      JSON.stringify({
        '0': {
          id: '6',
          name: 'Output',
          descriptor: { columnNames: '[city, n]' },
          outputs: [{ symbol: 'city', type: 'varchar' }],
          details: [],
          estimates: [{ outputRowCount: 'NaN', cpuCost: 0 }],
          children: [
            { id: '7', name: 'RemoteSource', descriptor: { sourceFragmentIds: '[1]' }, details: [], children: [] },
          ],
        },
        '1': {
          id: '1',
          name: 'ScanFilter',
          descriptor: { table: 'awsdatacatalog:shop:sales', filterPredicate: '("amount" > 3)' },
          details: ['city := city:string:REGULAR', 'dt := dt:string:PARTITION_KEY', '    :: [[2024-01-01]]'],
          estimates: [{ outputRowCount: 12, outputSizeInBytes: 300 }],
          children: [],
        },
      }),
    );
    expect(names(root)).toEqual(['Output', 'RemoteSource', 'ScanFilter']);
    const scan = scanIn(root);
    expect(scan).toMatchObject({
      rows: 12,
      bytes: 300,
      isEstimate: true,
      facts: { filterPredicate: '("amount" > 3)' },
    });
    expect([tableOf(scan), scannedColumns(scan)]).toEqual([
      'shop.sales',
      { columns: ['city'], partitions: [{ key: 'dt', values: '[2024-01-01]' }] },
    ]);
    expect(root && 'rows' in root).toBe(false);
  });

  it('that was run has rows, bytes and time, and a costliest step', () => {
    const stats = (cpu: string, rows: number | string) => ({
      nodeCpuTime: cpu,
      nodeOutputRows: rows,
      nodeOutputDataSize: '1.5kB',
    });
    const handle =
      '[awsdatacatalog:HiveTableHandle{schemaName=default, tableName=logs, analyzePartitionValues=Optional.empty}, grouped = false]';
    const root = parsePlan(
      JSON.stringify({
        fragments: [
          {
            id: '1',
            stageStats: {},
            logicalPlan: {
              '1': [
                {
                  name: 'Limit',
                  identifier: '[10]',
                  details: '',
                  distributedNodeStats: stats('0.00ns', 10),
                  children: [{ name: 'RemoteSource', identifier: '[2]', details: '', children: [] }],
                },
              ],
            },
          },
          {
            id: '2',
            logicalPlan: {
              '1': [
                {
                  name: 'TableScan',
                  identifier: handle,
                  details: 'LAYOUT: default.logs\nuri := uri:string:7:REGULAR\n',
                  distributedNodeStats: stats('1.62s', '500 rows'),
                  children: [],
                },
              ],
            },
          },
        ],
      }),
    );
    expect(names(root)).toEqual(['Limit', 'RemoteSource', 'TableScan']);
    const scan = scanIn(root);
    expect(scan).toMatchObject({ rows: 500, bytes: 1536, cpuMs: 1620, isEstimate: false });
    expect([tableOf(scan), scannedColumns(scan).columns]).toEqual(['default.logs', ['uri']]);
    expect(costliestStep(root as PlanStep)?.name).toBe('TableScan');
  });

  it('as text is the same tree', () => {
    const root = parsePlan(`Fragment 0 [SINGLE]
    Output layout: [city, n]
    Output[columnNames = [city, n]]
    │   Layout: [city:varchar, n:bigint]
    │   Estimates: {rows: 4 (90B), cpu: 0, memory: 0B, network: 0B}
    └─ InnerJoin[criteria = (a = b), distribution = REPLICATED]
       │   Distribution: REPLICATED
       ├─ RemoteSource[sourceFragmentIds = [1]]
       │      Layout: [a:bigint]
       └─ Values[]
              CPU: 2.00ms (40.00%), Scheduled: 3.00ms (1%), Output: 7 rows (63B)

Fragment 1 [SOURCE]
    TableScan[table = awsdatacatalog:shop:sales]
        a := a:bigint:REGULAR`);
    expect(names(root)).toEqual(['Output', 'InnerJoin', 'RemoteSource', 'TableScan', 'Values']);
    expect(root).toMatchObject({ rows: 4, bytes: 90, isEstimate: true });
    expect(root?.children[0]).toMatchObject({ kind: 'join', details: ['Distribution: REPLICATED'] });
    expect(root?.children[0]?.children[1]).toMatchObject({ rows: 7, cpuMs: 2, isEstimate: false });
    expect(scannedColumns(scanIn(root)).columns).toEqual(['a']);
  });

  it('of the engine before is read, too', () => {
    const root = parsePlan(`- Output[elb_name] => [[elb_name]]
    - RemoteExchange[GATHER] => [[elb_name]]
        - TableScan[awsdatacatalog:HiveTableHandle{schemaName=sampledb, tableName=elb_logs, analyzePartitionValues=Optional.empty}] => [[elb_name]]
                LAYOUT: sampledb.elb_logs
                elb_name := elb_name:string:1:REGULAR`);
    expect(names(root)).toEqual(['Output', 'RemoteExchange', 'TableScan']);
    expect(tableOf(scanIn(root))).toBe('sampledb.elb_logs');
  });

  it.each(['', '{', '{}', '[]', '{"a": 1}', '{"fragments": []}', 'no plan at all', '{"0": {"name": 3}}'])(
    'is nothing where there is none: %s',
    (text) => {
      expect(parsePlan(text)).toBeUndefined();
    },
  );

  it('that refers to itself ends', () => {
    const node = { name: 'RemoteSource', descriptor: { sourceFragmentIds: '[0]' }, children: [] };
    expect(names(parsePlan(JSON.stringify({ '0': node })))).toEqual(['RemoteSource']);
  });
});
