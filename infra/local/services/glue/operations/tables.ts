import { z } from 'zod';
import { type Operation, operation } from '../../../service.ts';
import type { GlueArns } from '../arns.ts';
import type { Catalog } from '../catalog.ts';
import { CatalogName, type Table, TableInput } from '../catalog-schemas.ts';
import { nameMatcher } from '../name-matcher.ts';
import { pageOf, ShortPaging } from '../paging.ts';
import { mustFit, PartitionIndex, type PartitionIndexes } from '../partition-indexes.ts';
import { tableOut } from '../table-out.ts';

const OneTable = z.object({ DatabaseName: CatalogName, Name: CatalogName });

interface Dependencies {
  catalog: Catalog;
  indexes: PartitionIndexes;
  arns: GlueArns;
  account: string;
}

export function tableOperations({ catalog, indexes, arns, account }: Dependencies): Record<string, Operation> {
  const out = (table: Table) => tableOut(table, account);
  return {
    CreateTable: operation({
      input: z.object({
        DatabaseName: CatalogName,
        TableInput,
        PartitionIndexes: z
          .array(PartitionIndex)
          .max(3)
          .refine(areNamedApart, 'has two indexes of one name')
          .optional(),
      }),
      access: (input) => arns.onTable('CreateTable', input.DatabaseName, input.TableInput.Name),
      run: async (input, { principal }) => {
        for (const index of input.PartitionIndexes ?? []) mustFit(index, input.TableInput.PartitionKeys ?? []);
        await catalog.createTable(input.DatabaseName, input.TableInput, principal.arn);
        for (const index of input.PartitionIndexes ?? []) {
          await indexes.create(input.DatabaseName, input.TableInput.Name, index);
        }
        return {};
      },
    }),
    GetTable: operation({
      input: OneTable,
      access: ({ DatabaseName, Name }) => arns.onTable('GetTable', DatabaseName, Name),
      run: ({ DatabaseName, Name }) => ({ Table: out(catalog.getTable(DatabaseName, Name)) }),
    }),
    GetTables: operation({
      input: z.object({
        DatabaseName: CatalogName,
        Expression: z.string().max(2048).optional(),
        AttributesToGet: z.array(z.enum(['NAME', 'TABLE_TYPE'])).optional(),
        ...ShortPaging,
      }),
      access: ({ DatabaseName }) => arns.onTable('GetTables', DatabaseName, '*'),
      run: ({ DatabaseName, Expression, AttributesToGet, ...paging }) => {
        const database = catalog.getDatabase(DatabaseName);
        const matches = nameMatcher(Expression);
        const tables = catalog.listTables(database.Name).filter((table) => matches(table.Name));
        const { items, NextToken } = pageOf(tables, paging, ({ Name }) => Name);
        return { TableList: items.map(AttributesToGet?.length ? narrowed(AttributesToGet) : out), NextToken };
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
  };
}

function areNamedApart(indexes: PartitionIndex[]): boolean {
  return new Set(indexes.map(({ IndexName }) => IndexName)).size === indexes.length;
}

/** The name is always there. */
const narrowed =
  (attributes: ('NAME' | 'TABLE_TYPE')[]) =>
  ({ Name, DatabaseName, TableType }: Table) => ({
    Name,
    DatabaseName,
    ...(attributes.includes('TABLE_TYPE') && { TableType }),
  });
