import { GetDatabasesCommand, GetTablesCommand } from '@aws-sdk/client-glue';
import { describe, expect, test, vi } from 'vitest';
import type { Context } from '@/lib/auth/context';
import { listDatabases, listTables } from './list-tables';

vi.mock('@/lib/aws/lake', () => ({ getLake: async () => ({ database: 'retail', versionsDatabase: 'past' }) }));

const refusal = (name: string, status: number) =>
  Object.assign(new Error(name), { name, $metadata: { httpStatusCode: status } });

/** A catalog of so many tables, a hundred at a time as Glue gives them. */
function contextOf({ count = 0, failure }: { count?: number; failure?: Error }): Context {
  const send = async (command: object) => {
    if (failure) throw failure;
    if (command instanceof GetDatabasesCommand)
      return { DatabaseList: ['past', 'zoo', 'retail', 'archive'].map((Name) => ({ Name })) };
    if (!(command instanceof GetTablesCommand)) throw new Error('not asked for');
    const from = Number(command.input.NextToken ?? 0);
    const to = Math.min(from + 100, count);
    const TableList = Array.from({ length: to - from }, (_, index) => ({
      Name: `t${from + index}`,
      Parameters: { recordCount: '5', sizeKey: '-1' },
      StorageDescriptor: { Columns: [{ Name: 'id', Type: 'bigint' }] },
    }));
    return { TableList, NextToken: to < count ? String(to) : undefined };
  };
  return { user: { id: 'u' }, role: 'analyst', aws: { glue: { send } }, requestId: 'r' } as unknown as Context;
}

describe('listDatabases', () => {
  test('has the lake’s own first and none of the past', async () => {
    expect(await listDatabases(contextOf({}))).toEqual(['retail', 'archive', 'zoo']);
  });

  test('is the lake’s own for those who may see no other', async () => {
    const failure = refusal('AccessDeniedException', 400);
    expect(await listDatabases(contextOf({ failure }))).toEqual(['retail']);
  });

  test('does not hide that Glue is away', async () => {
    await expect(listDatabases(contextOf({ failure: refusal('InternalServiceException', 500) }))).rejects.toThrow(
      'InternalServiceException',
    );
  });
});

describe('listTables', () => {
  test('begins with a hundred and their columns, and goes on with a thousand names', async () => {
    const ctx = contextOf({ count: 1_250 });
    const first = await listTables(ctx, { database: 'retail' });
    expect(first.tables).toHaveLength(100);
    expect(first.tables[0]).toEqual({ name: 't0', columns: [{ name: 'id', type: 'bigint' }], rows: 5 });
    const second = await listTables(ctx, { database: 'retail', nextToken: first.nextToken });
    expect(second.tables).toHaveLength(1_000);
    expect(second.tables[0]).toEqual({ name: 't100', rows: 5 });
    const last = await listTables(ctx, { database: 'retail', nextToken: second.nextToken });
    expect(last.tables).toHaveLength(150);
    expect(last.nextToken).toBeUndefined();
  });

  test('has none where there is no database yet', async () => {
    const failure = refusal('EntityNotFoundException', 400);
    expect(await listTables(contextOf({ failure }), { database: 'retail' })).toEqual({
      database: 'retail',
      tables: [],
    });
  });

  test('asks for nothing without a name', async () => {
    await expect(listTables(contextOf({}), { database: '' })).rejects.toThrow();
  });
});
