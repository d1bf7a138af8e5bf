import {
  CreateDatabaseCommand,
  CreateTableCommand,
  GetTableCommand,
  GlueClient,
  type Table,
  UpdateTableCommand,
} from '@aws-sdk/client-glue';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { startTestLake, type TestLake } from '@/infra/local/testing/test-lake';
import type { Context } from '@/lib/auth/context';
import type { Role } from '@/lib/auth/permissions';
import { Database } from '@/lib/db/database';
import { editMetadata } from './edit-metadata';
import { listMetadataEdits } from './list-metadata-edits';
import { tableSummary } from './table-summary';

let database: Database;
vi.mock('@/lib/db', () => ({ db: async () => database.prisma }));
vi.mock('@/lib/aws/lake', () => ({ getLake: async () => ({ database: 'retail' }) }));

let lake: TestLake;
let glue: GlueClient;

beforeAll(async () => {
  [database, lake] = await Promise.all([
    Database.start({ folder: 'memory://' }),
    startTestLake({ services: ['s3', 'glue'] }),
  ]);
  glue = new GlueClient(lake.clientConfig);
  for (const Name of ['retail', 'archive']) await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name } }));
});
afterAll(async () => {
  glue.destroy();
  await Promise.all([database.close(), lake.close()]);
});

let made = 0;
let name = '';
beforeEach(async () => {
  name = `sales_${made++}`;
  await createTable('retail', name);
});

function createTable(DatabaseName: string, Name: string) {
  const TableInput = {
    Name,
    Owner: 'owner',
    TableType: 'EXTERNAL_TABLE',
    Parameters: { classification: 'parquet', recordCount: '7', 'lacustre:dataset': 'sales' },
    PartitionKeys: [{ Name: 'day', Type: 'string' }],
    StorageDescriptor: {
      Columns: [
        { Name: 'city', Type: 'string' },
        { Name: 'price', Type: 'double', Comment: 'in euros' },
      ],
      Location: `s3://processed/${Name}/`,
    },
  };
  return glue.send(new CreateTableCommand({ DatabaseName, TableInput }));
}

function as(role: Role, email = `${role}@example.com`): Context {
  return { user: { id: role, email, name: role }, role, aws: { glue } as Context['aws'], requestId: 'r' };
}

async function read(table = name, from = 'retail') {
  const { Table: found } = await glue.send(new GetTableCommand({ DatabaseName: from, Name: table }));
  return found as Table;
}

describe('editMetadata', () => {
  test('writes what people say into the catalog, and keeps all else of the table', async () => {
    const before = await read();
    const { changes } = await editMetadata(as('engineer'), {
      table: name,
      description: { before: '', after: ' Every sale,\nall stores ' },
      owner: { before: '', after: 'Élodie Marchetti' },
      tags: { before: '', after: 'finance,  daily sales , finance' },
      classification: { before: '', after: 'personal' },
      cadenceHours: { before: '', after: '24' },
      comments: { city: { before: '', after: 'where the shop is' }, day: { before: '', after: 'of the sale' } },
    });
    expect(changes).toHaveLength(7);
    const after = await read();
    expect(tableSummary(after)).toMatchObject({
      description: 'Every sale,\nall stores',
      owner: 'Élodie Marchetti',
      tags: ['finance', 'daily sales'],
      classification: 'personal',
      cadenceHours: 24,
      rows: 7,
      format: 'parquet',
      columns: [
        { name: 'city', comment: 'where the shop is' },
        { name: 'price', comment: 'in euros' },
        { name: 'day', comment: 'of the sale' },
      ],
    });
    expect(after.Parameters).toMatchObject(before.Parameters ?? {});
    expect(after.StorageDescriptor?.Location).toBe(before.StorageDescriptor?.Location);
  });

  test('takes away what is left empty', async () => {
    const ctx = as('engineer');
    const set = { tags: { before: '', after: 'a' }, cadenceHours: { before: '', after: '1' } };
    await editMetadata(ctx, { table: name, ...set, owner: { before: '', after: 'Bo' } });
    await editMetadata(ctx, {
      table: name,
      tags: { before: 'a', after: ' , ' },
      cadenceHours: { before: '1', after: '' },
      owner: { before: 'Bo', after: '' },
      comments: { price: { before: 'in euros', after: '' } },
    });
    const summary = tableSummary(await read());
    expect([summary.tags, summary.cadenceHours, summary.owner]).toEqual([undefined, undefined, undefined]);
    expect(summary.columns[1]).toEqual({ name: 'price', type: 'double' });
  });

  test('loses nothing of what twelve people and a run write at once', async () => {
    const columns = Array.from({ length: 12 }, (_, index) => `c${index}`);
    const { StorageDescriptor, Parameters, PartitionKeys } = await read();
    const wide = { ...StorageDescriptor, Columns: columns.map((Name) => ({ Name, Type: 'string' })) };
    const TableInput = { Name: name, Parameters, PartitionKeys, StorageDescriptor: wide };
    await glue.send(new UpdateTableCommand({ DatabaseName: 'retail', TableInput }));
    const edit = (column: string): Promise<unknown> =>
      editMetadata(as('engineer', `${column}@example.com`), {
        table: name,
        comments: { [column]: { before: '', after: `of ${column}` } },
      }).catch((error: { reason?: string }) => {
        // Many at once: whoever is told so tries again, as a person would.
        if (error.reason === 'tableBusy') return edit(column);
        throw error;
      });
    await Promise.all(columns.map(edit));
    expect(
      tableSummary(await read())
        .columns.slice(0, 12)
        .map(({ comment }) => comment),
    ).toEqual(columns.map((column) => `of ${column}`));
    expect((await listMetadataEdits(as('viewer'), { table: name })).map(({ by }) => by).sort()).toEqual(
      columns.map((column) => `${column}@example.com`).sort(),
    );
  });

  test('refuses to write over what somebody else wrote in the same field, and says what they wrote', async () => {
    await editMetadata(as('engineer'), { table: name, description: { before: '', after: 'first' } });
    const late = { table: name, description: { before: '', after: 'second' }, owner: { before: '', after: 'Bo' } };
    await expect(editMetadata(as('administrator'), late)).rejects.toMatchObject({
      code: 'CONFLICT',
      reason: 'metadataChanged',
      details: { fields: ['description'], values: ['first'] },
    });
    expect(tableSummary(await read())).toMatchObject({ description: 'first' });
    expect((await read()).Owner).toBe('owner');
    const knowing = { ...late, description: { before: 'first', after: 'second' } };
    await editMetadata(as('administrator'), knowing);
    expect(tableSummary(await read())).toMatchObject({ description: 'second', owner: 'Bo' });
  });

  test('writes and audits nothing where nothing changes', async () => {
    const same = { table: name, description: { before: 'x', after: '' } };
    expect(await editMetadata(as('engineer'), same)).toEqual({ changes: [] });
    expect((await read()).VersionId).toBe('0');
    expect(await listMetadataEdits(as('viewer'), { table: name })).toEqual([]);
  });

  test('is audited with what was there before and what is there now', async () => {
    await editMetadata(as('engineer'), { table: name, tags: { before: '', after: 'a,b' } });
    await editMetadata(as('engineer'), { table: name, tags: { before: 'a,b', after: 'a' } });
    expect(await listMetadataEdits(as('viewer'), { table: name })).toMatchObject([
      { by: 'engineer@example.com', changes: [{ field: 'tags', before: 'a,b', after: 'a' }] },
      { by: 'engineer@example.com', changes: [{ field: 'tags', before: '', after: 'a,b' }] },
    ]);
  });

  test('reaches a table of another database, whose history is its own', async () => {
    await createTable('archive', name);
    await editMetadata(as('engineer'), { table: `archive.${name}`, description: { before: '', after: 'old' } });
    expect(tableSummary(await read(name, 'archive')).description).toBe('old');
    expect(tableSummary(await read()).description).toBeUndefined();
    expect(await listMetadataEdits(as('viewer'), { table: name })).toEqual([]);
  });

  test.each(['analyst', 'viewer'] as const)('is not for a role like %s', async (role) => {
    const edit = editMetadata(as(role), { table: name, description: { before: '', after: 'x' } });
    await expect(edit).rejects.toMatchObject({ code: 'FORBIDDEN', reason: 'permission' });
  });

  test.each([
    ['a classification that nobody knows', { classification: { before: '', after: 'secret' } }],
    ['a cadence that is no number', { cadenceHours: { before: '', after: '-1' } }],
    ['a comment longer than Glue takes', { comments: { city: { before: '', after: 'x'.repeat(256) } } }],
    ['an owner of two lines', { owner: { before: '', after: 'a\nb' } }],
  ])('refuses %s', async (_, input) => {
    await expect(editMetadata(as('engineer'), { table: name, ...(input as object) })).rejects.toThrow();
    expect((await read()).VersionId).toBe('0');
  });

  test('says which column is gone, and what table is not there', async () => {
    const comments = { nowhere: { before: '', after: 'x' } };
    await expect(editMetadata(as('engineer'), { table: name, comments })).rejects.toMatchObject({
      code: 'CONFLICT',
      reason: 'columnGone',
      details: { column: 'nowhere' },
    });
    await expect(editMetadata(as('engineer'), { table: 'nowhere', owner: { before: '', after: 'x' } })).rejects.toThrow(
      /nowhere not found/,
    );
  });
});
