import { z } from 'zod';
import { type Operation, operation } from '../../../service.ts';
import type { GlueArns } from '../arns.ts';
import type { Catalog } from '../catalog.ts';
import { CatalogName, type Table } from '../catalog-schemas.ts';
import { pageOf, ShortPaging } from '../paging.ts';
import { tableOut } from '../table-out.ts';
import { errorDetailOf } from './error-detail.ts';

const OfTable = { DatabaseName: CatalogName, TableName: CatalogName };
const VersionId = z.string().min(1).max(255);

export function tableVersionOperations(catalog: Catalog, arns: GlueArns, account: string): Record<string, Operation> {
  const access = (action: string) => (input: { DatabaseName: string; TableName: string }) =>
    arns.onTable(action, input.DatabaseName, input.TableName);
  const out = (table: Table) => ({ Table: tableOut(table, account), VersionId: table.VersionId });
  return {
    GetTableVersion: operation({
      input: z.object({ ...OfTable, VersionId: VersionId.optional() }),
      access: access('GetTableVersion'),
      run: ({ DatabaseName, TableName, VersionId: id }) => ({
        TableVersion: out(catalog.getTableVersion(DatabaseName, TableName, id)),
      }),
    }),
    GetTableVersions: operation({
      input: z.object({ ...OfTable, ...ShortPaging }),
      access: access('GetTableVersions'),
      run: ({ DatabaseName, TableName, ...paging }) => {
        const versions = catalog.listTableVersions(DatabaseName, TableName);
        const { items, NextToken } = pageOf(versions, paging, (table) => table.VersionId);
        return { TableVersions: items.map(out), NextToken };
      },
    }),
    DeleteTableVersion: operation({
      input: z.object({ ...OfTable, VersionId }),
      access: access('DeleteTableVersion'),
      run: async ({ DatabaseName, TableName, VersionId: id }) => {
        await catalog.deleteTableVersion(DatabaseName, TableName, id);
        return {};
      },
    }),
    BatchDeleteTableVersion: operation({
      input: z.object({ ...OfTable, VersionIds: z.array(VersionId).max(100) }),
      access: access('BatchDeleteTableVersion'),
      run: async ({ DatabaseName, TableName, VersionIds }) => {
        catalog.getTable(DatabaseName, TableName);
        const Errors = [];
        for (const id of VersionIds) {
          const error = await errorDetailOf(catalog.deleteTableVersion(DatabaseName, TableName, id));
          if (error) Errors.push({ TableName, VersionId: id, ErrorDetail: error });
        }
        return { Errors };
      },
    }),
  };
}
