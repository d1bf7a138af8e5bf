import { z } from 'zod';
import { type Access, type Operation, operation } from '../../../service.ts';
import type { ServiceContext } from '../../../service-context.ts';
import { GlueArns } from '../../glue/arns.ts';
import type { Catalog } from '../../glue/catalog.ts';
import type { Column, Database, Table } from '../../glue/catalog-schemas.ts';
import type { AthenaArns } from '../arns.ts';
import { DATA_CATALOG } from '../catalog-access.ts';
import { invalidRequest, metadataError } from '../errors.ts';
import { Paging, pageOf } from '../paging.ts';
import { accessViaAthena } from '../via-athena.ts';

const CatalogName = z.string().min(1).max(256);

/** Athena's window on the catalog. It asks Glue as the caller, so both permissions are needed. */
export function metadataOperations(ctx: ServiceContext, arns: AthenaArns, catalog: Catalog): Record<string, Operation> {
  const glue = new GlueArns(ctx.region, ctx.account);
  const access = (action: string, name: string, inGlue: Access[]): Access[] => [
    ...arns.onDataCatalog(action, name),
    ...inGlue.map(accessViaAthena),
  ];

  return {
    ListDataCatalogs: operation({
      input: z.object(Paging),
      access: () => [{ action: 'athena:ListDataCatalogs', resource: '*' }],
      run: () => ({
        DataCatalogsSummary: [{ CatalogName: 'AwsDataCatalog', Type: 'GLUE', Status: 'CREATE_COMPLETE' }],
      }),
    }),
    GetDataCatalog: operation({
      input: z.object({ Name: CatalogName }),
      access: ({ Name }) => arns.onDataCatalog('GetDataCatalog', Name),
      run: ({ Name }) => {
        checkCatalog(Name);
        return { DataCatalog: { Name: 'AwsDataCatalog', Type: 'GLUE', Parameters: { 'catalog-id': ctx.account } } };
      },
    }),
    ListDatabases: operation({
      input: z.object({ CatalogName, ...Paging }),
      access: ({ CatalogName: name }) => access('ListDatabases', name, glue.onCatalog('GetDatabases')),
      run: (input) => {
        checkCatalog(input.CatalogName);
        const { items, NextToken } = pageOf(catalog.listDatabases(), input, ({ Name }) => Name);
        return { DatabaseList: items.map(databaseOut), NextToken };
      },
    }),
    GetDatabase: operation({
      input: z.object({ CatalogName, DatabaseName: z.string().min(1) }),
      access: ({ CatalogName: name, DatabaseName }) =>
        access('GetDatabase', name, glue.onDatabase('GetDatabase', DatabaseName)),
      run: ({ CatalogName: name, DatabaseName }) => {
        checkCatalog(name);
        return { Database: databaseOut(getDatabase(catalog, DatabaseName)) };
      },
    }),
    ListTableMetadata: operation({
      input: z.object({
        CatalogName,
        DatabaseName: z.string().min(1),
        Expression: z.string().max(256).optional(),
        ...Paging,
      }),
      access: ({ CatalogName: name, DatabaseName }) =>
        access('ListTableMetadata', name, glue.onTable('GetTables', DatabaseName, '*')),
      run: (input) => {
        checkCatalog(input.CatalogName);
        const { Name } = getDatabase(catalog, input.DatabaseName);
        const tables = catalog.listTables(Name).filter((table) => matches(table.Name, input.Expression));
        const { items, NextToken } = pageOf(tables, input, (table) => table.Name);
        return { TableMetadataList: items.map(tableOut), NextToken };
      },
    }),
    GetTableMetadata: operation({
      input: z.object({ CatalogName, DatabaseName: z.string().min(1), TableName: z.string().min(1) }),
      access: ({ CatalogName: name, DatabaseName, TableName }) =>
        access('GetTableMetadata', name, glue.onTable('GetTable', DatabaseName, TableName)),
      run: ({ CatalogName: name, DatabaseName, TableName }) => {
        checkCatalog(name);
        const table = catalog.findTable(DatabaseName, TableName);
        if (!table) throw metadataError(`Entity Not Found: table ${DatabaseName}.${TableName} does not exist`);
        return { TableMetadata: tableOut(table) };
      },
    }),
  };
}

function checkCatalog(name: string): void {
  if (name.toLowerCase() !== DATA_CATALOG) throw invalidRequest(`DataCatalog ${name} was not found`);
}

function getDatabase(catalog: Catalog, name: string): Database {
  const database = catalog.findDatabase(name);
  if (!database) throw metadataError(`Entity Not Found: database ${name} does not exist`);
  return database;
}

/** `Expression` is a regular expression over the whole name; one that is none is compared as text. */
function matches(name: string, expression: string | undefined): boolean {
  if (expression === undefined) return true;
  try {
    return new RegExp(`^(?:${expression})$`, 'i').test(name);
  } catch {
    return name.includes(expression.toLowerCase());
  }
}

function databaseOut({ Name, Description, Parameters }: Database) {
  return { Name, Description, Parameters };
}

function tableOut(table: Table) {
  const { StorageDescriptor: storage = {} } = table;
  return {
    Name: table.Name,
    CreateTime: table.createdAt / 1000,
    LastAccessTime: table.LastAccessTime,
    TableType: table.TableType,
    Columns: (storage.Columns ?? []).map(columnOut),
    PartitionKeys: (table.PartitionKeys ?? []).map(columnOut),
    Parameters: {
      ...table.Parameters,
      location: storage.Location ?? '',
      inputformat: storage.InputFormat ?? '',
      outputformat: storage.OutputFormat ?? '',
      'serde.serialization.lib': storage.SerdeInfo?.SerializationLibrary ?? '',
    },
  };
}

function columnOut({ Name, Type, Comment }: Column) {
  return { Name, Type, Comment };
}
