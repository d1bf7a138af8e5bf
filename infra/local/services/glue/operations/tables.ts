import { z } from 'zod';
import { type Operation, operation } from '../../../service.ts';
import type { GlueArns } from '../arns.ts';
import type { Catalog } from '../catalog.ts';
import { CatalogName, type Table, TableInput } from '../catalog-schemas.ts';
import { entityNotFound, invalidInput } from '../errors.ts';
import { Paging, pageOf } from '../paging.ts';

const OneTable = z.object({ DatabaseName: CatalogName, Name: CatalogName });
const VersionsOf = { DatabaseName: CatalogName, TableName: CatalogName };

export function tableOperations(catalog: Catalog, arns: GlueArns, account: string): Record<string, Operation> {
  const out = (table: Table) => tableOut(table, account);
  const versionOut = (table: Table) => ({ Table: out(table), VersionId: table.VersionId });
  return {
    CreateTable: operation({
      input: z.object({ DatabaseName: CatalogName, TableInput }),
      access: (input) => arns.onTable('CreateTable', input.DatabaseName, input.TableInput.Name),
      run: async (input, { principal }) => {
        await catalog.createTable(input.DatabaseName, input.TableInput, principal.arn);
        return {};
      },
    }),
    GetTable: operation({
      input: OneTable,
      access: ({ DatabaseName, Name }) => arns.onTable('GetTable', DatabaseName, Name),
      run: ({ DatabaseName, Name }) => ({ Table: out(catalog.getTable(DatabaseName, Name)) }),
    }),
    GetTables: operation({
      input: z.object({ DatabaseName: CatalogName, Expression: z.string().max(2048).optional(), ...Paging }),
      access: ({ DatabaseName }) => arns.onTable('GetTables', DatabaseName, '*'),
      run: ({ DatabaseName, Expression, ...paging }) => {
        const database = catalog.getDatabase(DatabaseName);
        const matches = nameMatcher(Expression);
        const tables = catalog.listTables(database.Name).filter((table) => matches(table.Name));
        const { items, NextToken } = pageOf(tables, paging, ({ Name }) => Name);
        return { TableList: items.map(out), NextToken };
      },
    }),
    UpdateTable: operation({
      input: z.object({
        DatabaseName: CatalogName,
        TableInput,
        SkipArchive: z.boolean().optional(),
        VersionId: z.string().optional(),
      }),
      access: (input) => arns.onTable('UpdateTable', input.DatabaseName, input.TableInput.Name),
      run: async (input, { principal }) => {
        await catalog.updateTable(input.DatabaseName, input.TableInput, {
          versionId: input.VersionId,
          skipArchive: input.SkipArchive,
          createdBy: principal.arn,
        });
        return {};
      },
    }),
    DeleteTable: operation({
      input: OneTable,
      access: ({ DatabaseName, Name }) => arns.onTable('DeleteTable', DatabaseName, Name),
      run: async ({ DatabaseName, Name }) => {
        await catalog.deleteTable(DatabaseName, Name);
        return {};
      },
    }),
    BatchDeleteTable: operation({
      input: z.object({ DatabaseName: CatalogName, TablesToDelete: z.array(CatalogName).max(100) }),
      access: ({ DatabaseName, TablesToDelete }) =>
        TablesToDelete.flatMap((name) => arns.onTable('BatchDeleteTable', DatabaseName, name)),
      run: async ({ DatabaseName, TablesToDelete }) => {
        const known = TablesToDelete.filter((name) => catalog.findTable(DatabaseName, name));
        for (const name of known) await catalog.deleteTable(DatabaseName, name);
        const Errors = TablesToDelete.filter((name) => !known.includes(name)).map((TableName) => ({
          TableName,
          ErrorDetail: { ErrorCode: 'EntityNotFoundException', ErrorMessage: `Table ${TableName} not found.` },
        }));
        return { Errors };
      },
    }),
    GetTableVersion: operation({
      input: z.object({ ...VersionsOf, VersionId: z.string().optional() }),
      access: ({ DatabaseName, TableName }) => arns.onTable('GetTableVersion', DatabaseName, TableName),
      run: ({ DatabaseName, TableName, VersionId }) => {
        const versions = catalog.listTableVersions(DatabaseName, TableName);
        const version = VersionId === undefined ? versions[0] : versions.find((table) => table.VersionId === VersionId);
        if (!version) throw entityNotFound(`Version ${VersionId} of table ${TableName} not found.`);
        return { TableVersion: versionOut(version) };
      },
    }),
    GetTableVersions: operation({
      input: z.object({ ...VersionsOf, ...Paging }),
      access: ({ DatabaseName, TableName }) => arns.onTable('GetTableVersions', DatabaseName, TableName),
      run: ({ DatabaseName, TableName, ...paging }) => {
        const versions = catalog.listTableVersions(DatabaseName, TableName);
        const { items, NextToken } = pageOf(versions, paging, ({ VersionId }) => VersionId);
        return { TableVersions: items.map(versionOut), NextToken };
      },
    }),
    SearchTables: operation({
      input: z.object({ SearchText: z.string().max(1024).optional(), ...Paging }),
      access: () => arns.onTable('SearchTables', '*', '*'),
      run: ({ SearchText = '', ...paging }) => {
        const tables = catalog.listDatabases().flatMap(({ Name }) => catalog.listTables(Name));
        const found = tables.filter((table) => mentions(table, SearchText.toLowerCase()));
        const { items, NextToken } = pageOf(found, paging, ({ DatabaseName, Name }) => `${DatabaseName}/${Name}`);
        return { TableList: items.map(out), NextToken };
      },
    }),
  };
}

function tableOut({ createdAt, updatedAt, createdBy, ...table }: Table, account: string) {
  return {
    PartitionKeys: [],
    Parameters: {},
    Retention: 0,
    ...table,
    CreateTime: createdAt / 1000,
    UpdateTime: updatedAt / 1000,
    CreatedBy: createdBy,
    IsRegisteredWithLakeFormation: false,
    CatalogId: account,
  };
}

/** GetTables takes a regular expression over the whole name; `sales*` and `*`, as Hive has them, are common too. */
function nameMatcher(expression: string | undefined): (name: string) => boolean {
  if (!expression || expression === '*') return () => true;
  const pattern = expression.replace(/(?<![.\])\\])\*/g, '.*');
  try {
    const regex = new RegExp(`^(?:${pattern})$`, 'i');
    return (name) => regex.test(name);
  } catch {
    throw invalidInput(`Expression ${expression} is not a valid regular expression.`);
  }
}

function mentions(table: Table, text: string): boolean {
  const columns = [...(table.StorageDescriptor?.Columns ?? []), ...(table.PartitionKeys ?? [])];
  const texts = [table.Name, table.Description ?? '', ...columns.flatMap(({ Name, Comment = '' }) => [Name, Comment])];
  return texts.some((part) => part.toLowerCase().includes(text));
}
