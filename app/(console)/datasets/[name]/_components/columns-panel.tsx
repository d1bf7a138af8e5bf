import { can } from '@/lib/auth';
import { load, pageContext } from '@/lib/page';
import { getLatestProfile } from '@/lib/quality/profile';
import type { TablePage } from './loaded-table';
import { TableColumns } from './table-columns';

/** The table's columns, with what its last profile measured; a profile that cannot be read hides none of them. */
export async function ColumnsPanel({ page: { name, table } }: { page: TablePage }) {
  const [result, { role }] = await Promise.all([
    load(getLatestProfile, { database: table.database, table: table.name }),
    pageContext(),
  ]);
  const profile = result.ok ? result.data : undefined;
  return (
    <TableColumns
      table={name}
      columns={table.columns}
      partitionKeys={table.partitionKeys ?? []}
      mayEdit={can(role, 'datasets:edit')}
      {...(profile
        ? { profile: { rows: profile.rows, profiledAt: profile.profiledAt, columns: profile.columns } }
        : {})}
    />
  );
}
