import { EntityNotFoundException, type GlueClient, paginateGetTables } from '@aws-sdk/client-glue';

/** The tables of the lake's database; none where it has never seen a file. */
export async function knownTables(
  glue: GlueClient,
  DatabaseName: string,
): Promise<{ table: string; dataset: string }[]> {
  const known: { table: string; dataset: string }[] = [];
  try {
    for await (const { TableList = [] } of paginateGetTables({ client: glue }, { DatabaseName }))
      for (const { Name: table = '', Parameters = {} } of TableList)
        known.push({ table, dataset: Parameters['lacustre:dataset'] || table });
  } catch (error) {
    if (!(error instanceof EntityNotFoundException)) throw error;
  }
  return known;
}
