/**
 * A table with this parameter, set to `true`, keeps its columns whatever a crawler finds; its partitions are still
 * added. The local lake's crawlers heed it. Glue's know no such thing of one table: there a crawler leaves columns alone
 * where its UpdateBehavior is LOG, as that of the lake's own is.
 */
export const pinnedParameter = 'lacustre:pinned';
