import { expect, it } from 'vitest';
import type { SeenCall } from '../../../recorder.ts';
import { mergeScans } from './merge-scans.ts';

const principal = { type: 'AssumedRole', arn: 'arn:a', accountId: '1', userId: 'AROA:ada', roleName: 'a' } as const;

function access(action: string, resource: string, code?: string): SeenCall {
  const [service = '', operation = ''] = action.split(':');
  const asked = { operation, ...(code && { error: { code, message: '' } }) };
  const sourceIp = 'athena.amazonaws.com';
  return { atMs: 0, principal, requestId: 'r', sourceIp, service, asked, via: 'athena', access: { action, resource } };
}

const reads = (count: number, folder: string) =>
  Array.from({ length: count }, (_, n) => access('s3:GetObject', `arn:aws:s3:::lake/${folder}/${n}.parquet`));

it('has the first files of a scan as they are, and one record for thousands of others', () => {
  const merged = mergeScans([...reads(3000, 'sales/year=2025'), ...reads(2000, 'sales/year=2026')]);
  expect(merged).toHaveLength(9);
  expect(merged.at(-1)?.further).toEqual({ furtherCalls: 4991, furtherPrefix: 'sales/year=202' });
  expect(merged.filter(({ further }) => further)).toHaveLength(1);
});

it('tells what was refused from what was read, and one bucket from another', () => {
  const denied = access('s3:GetObject', 'arn:aws:s3:::lake/sales/x', 'AccessDenied');
  const other = access('s3:GetObject', 'arn:aws:s3:::other/x');
  const merged = mergeScans([...reads(20, 'sales'), denied, other]);
  expect(merged.map(({ call }) => call)).toEqual(expect.arrayContaining([denied, other]));
});

it('has one call of the catalog for its permissions on a table and on what it is in', () => {
  const on = (resource: string) => access('glue:GetTable', `arn:aws:glue:eu-west-3:1:${resource}`);
  const table = on('table/retail/sales');
  expect(mergeScans([on('catalog'), on('database/retail'), table])).toEqual([{ call: table }]);
  const databases = access('glue:GetDatabases', 'arn:aws:glue:eu-west-3:1:catalog');
  expect(mergeScans([databases])).toEqual([{ call: databases }]);
});

it('leaves what was asked from outside alone', () => {
  const asked = reads(20, 'sales').map(({ access: _, ...call }) => call);
  expect(mergeScans(asked)).toHaveLength(20);
});
