import { z } from 'zod';
import { withTags } from '../../../request-tags.ts';
import { type Operation, operation } from '../../../service.ts';
import type { GlueArns } from '../arns.ts';
import type { Catalog } from '../catalog.ts';
import { CatalogName, type Database, DatabaseInput } from '../catalog-schemas.ts';
import { pageOf, ShortPaging } from '../paging.ts';
import type { Tags } from '../tags.ts';

export function databaseOperations(
  catalog: Catalog,
  arns: GlueArns,
  account: string,
  tags: Tags,
): Record<string, Operation> {
  return {
    CreateDatabase: operation({
      input: z.object({ DatabaseInput, Tags: z.record(z.string(), z.string()).optional() }),
      access: ({ DatabaseInput: { Name }, Tags }) => withTags(arns.onDatabase('CreateDatabase', Name), Tags),
      run: async ({ DatabaseInput: input, Tags }) => {
        await catalog.createDatabase(input);
        if (Tags) await tags.add(arns.database(input.Name), Tags);
        return {};
      },
    }),
    GetDatabase: operation({
      input: z.object({ Name: CatalogName }),
      access: ({ Name }) => arns.onDatabase('GetDatabase', Name),
      run: ({ Name }) => ({ Database: databaseOut(catalog.getDatabase(Name), account) }),
    }),
    GetDatabases: operation({
      input: z.object({
        AttributesToGet: z.array(z.enum(['NAME', 'TARGET_DATABASE'])).optional(),
        ...ShortPaging,
      }),
      access: () => [...arns.onCatalog('GetDatabases'), { action: 'glue:GetDatabases', resource: arns.database('*') }],
      run: (input) => {
        const { items, NextToken } = pageOf(catalog.listDatabases(), input, ({ Name }) => Name);
        const isNarrow = input.AttributesToGet?.length;
        const shown = items.map((database) => (isNarrow ? { Name: database.Name } : databaseOut(database, account)));
        return { DatabaseList: shown, NextToken };
      },
    }),
    UpdateDatabase: operation({
      input: z.object({ Name: CatalogName, DatabaseInput }),
      access: ({ Name }) => arns.onDatabase('UpdateDatabase', Name),
      run: async ({ Name, DatabaseInput: input }) => {
        await catalog.updateDatabase(Name, input);
        return {};
      },
    }),
    DeleteDatabase: operation({
      input: z.object({ Name: CatalogName }),
      // All tables go with it, so permission on them is needed too.
      access: ({ Name }) => arns.onTable('DeleteDatabase', Name, '*'),
      run: async ({ Name }) => {
        await catalog.deleteDatabase(Name);
        await tags.forget(arns.database(Name));
        return {};
      },
    }),
  };
}

function databaseOut({ createdAt, ...database }: Database, account: string) {
  return { ...database, CreateTime: createdAt / 1000, CatalogId: account };
}
