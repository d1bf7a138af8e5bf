import { z } from 'zod';
import { type Operation, operation } from '../../../service.ts';
import type { GlueArns } from '../arns.ts';
import type { Catalog } from '../catalog.ts';
import { Paging, pageOf } from '../paging.ts';
import { Filter, mentions, passes, SortCriterion, sorted } from '../search-tables.ts';
import { tableOut } from '../table-out.ts';

export function searchOperations(catalog: Catalog, arns: GlueArns, account: string): Record<string, Operation> {
  return {
    SearchTables: operation({
      input: z.object({
        Filters: z.array(Filter).default([]),
        SearchText: z.string().min(1).max(1024).optional(),
        SortCriteria: z.array(SortCriterion).max(1).default([]),
        ...Paging,
      }),
      access: () => arns.onTable('SearchTables', '*', '*'),
      run: ({ Filters, SearchText, SortCriteria, ...paging }) => {
        const found = catalog.listDatabases().flatMap((database) =>
          catalog
            .listTables(database.Name)
            .filter((table) => passes(table, Filters))
            .filter((table) => SearchText === undefined || mentions(table, database, SearchText)),
        );
        const tables = sorted(found, SortCriteria);
        const { items, NextToken } = pageOf(tables, paging, ({ DatabaseName, Name }) => `${DatabaseName}/${Name}`);
        return { TableList: items.map((table) => tableOut(table, account)), NextToken };
      },
    }),
    /** There was never another catalog that this one could have been made from. */
    GetCatalogImportStatus: operation({
      input: z.object({}),
      access: () => arns.onCatalog('GetCatalogImportStatus'),
      run: () => ({ ImportStatus: { ImportCompleted: true } }),
    }),
  };
}
