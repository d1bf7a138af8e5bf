import type { Table } from './catalog-schemas.ts';

/** A table as Glue answers it. */
export function tableOut({ createdAt, updatedAt, createdBy, ...table }: Table, account: string) {
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
