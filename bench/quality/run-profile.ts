import type { ProfileRows, TableColumn } from '../../lib/languages/quality/profile-column.ts';
import {
  PROFILE_STEPS,
  type ProfileFigures,
  planStep,
  readProfile,
} from '../../lib/languages/quality/profile-table.ts';
import type { LakeQueries } from '../query/lake-queries.ts';

export const FLIGHT_COLUMNS: TableColumn[] = [
  { name: 'date', type: 'timestamp' },
  { name: 'delay', type: 'bigint' },
  { name: 'distance', type: 'bigint' },
  { name: 'origin', type: 'string' },
  { name: 'destination', type: 'string' },
];

/** A profile as the console makes it: all statements of each step, with the milliseconds of each step. */
export async function runProfile(
  lake: LakeQueries,
  table: string,
  columns: TableColumn[],
): Promise<{ figures: ProfileFigures; ms: number; steps: string }> {
  const target = { database: 'bench', table, columns };
  const answers: Record<string, ProfileRows> = {};
  const steps: string[] = [];
  const startedAt = performance.now();
  for (const step of PROFILE_STEPS) {
    const begunAt = performance.now();
    const statements = planStep(step, target, answers);
    const rows = await Promise.all(statements.map(({ sql }) => lake.rows(sql)));
    statements.forEach(({ id }, index) => {
      answers[id] = rows[index] ?? [];
    });
    steps.push(`${step} ${(performance.now() - begunAt).toFixed(0)} ms`);
  }
  const figures = readProfile(target, answers);
  return { figures, ms: performance.now() - startedAt, steps: steps.join(', ') };
}
