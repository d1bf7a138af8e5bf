import type { MatrixRole } from '@/lib/access/matrix/schemas';
import type { RolePerson } from '@/lib/access/roles/schemas';
import type { MatrixSpot, MatrixView } from './matrix-view';

/** A line of the grid: a dataset, a role, or a person, who may do what their role may. */
export type MatrixLineData =
  | { kind: 'dataset'; key: string; dataset: string; spots: MatrixSpot[] }
  | { kind: 'role'; key: string; role: MatrixRole; isExpanded: boolean; spots: MatrixSpot[] }
  | { kind: 'person'; key: string; person: RolePerson; spots: MatrixSpot[] };

/** The rows of the view; below a role that is expanded, its people. */
export function matrixLines(view: MatrixView, expanded: readonly string[]): MatrixLineData[] {
  if (view.by === 'action') {
    return view.rows.map(({ dataset, spots }) => ({ kind: 'dataset', key: dataset, dataset, spots }));
  }
  return view.rows.flatMap(({ role, spots }): MatrixLineData[] => {
    const { roleName, people = [] } = role;
    const isExpanded = expanded.includes(roleName);
    const persons = isExpanded ? people : [];
    return [
      { kind: 'role', key: roleName, role, isExpanded, spots },
      ...persons.map((person): MatrixLineData => ({ kind: 'person', key: person.id, person, spots })),
    ];
  });
}
