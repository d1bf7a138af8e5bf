import type { AccessMatrix, MatrixEntry, MatrixRole } from '@/lib/access/matrix/schemas';

/** One decision of the matrix: who, what, and which dataset. */
export interface MatrixSpot {
  role: number;
  dataset: string;
  entry: MatrixEntry;
}

/** The matrix as a table: of one dataset roles × actions, else datasets × roles. */
export type MatrixView =
  | { by: 'dataset'; dataset: string; columns: MatrixEntry[]; rows: { role: MatrixRole; spots: MatrixSpot[] }[] }
  | { by: 'action'; columns: MatrixRole[]; rows: { dataset: string; spots: MatrixSpot[] }[] };

export function matrixView({ roles, rows }: AccessMatrix, isOneDataset: boolean): MatrixView {
  const [first] = rows;
  if (isOneDataset && first) {
    const { dataset, entries } = first;
    const spotsOf = (role: number) => entries.map((entry) => ({ role, dataset, entry }));
    return {
      by: 'dataset',
      dataset,
      columns: entries,
      rows: roles.map((role, index) => ({ role, spots: spotsOf(index) })),
    };
  }
  return {
    by: 'action',
    columns: roles,
    rows: rows.map(({ dataset, entries: [entry] }) => ({
      dataset,
      spots: entry ? roles.map((_, role) => ({ role, dataset, entry })) : [],
    })),
  };
}
