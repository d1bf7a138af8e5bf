import { expect, it } from 'vitest';
import { newestFirst, tableAt } from './table-at';

const version = (id: string, since: string | undefined, updated: string) => ({
  VersionId: id,
  Table: {
    Name: id,
    CreateTime: new Date('2026-01-01'),
    UpdateTime: new Date(updated),
    Parameters: (since ? { 'lacustre:columns-since': since } : {}) as Record<string, string>,
  },
});
const at = (day: string, versions: ReturnType<typeof version>[]) =>
  tableAt(newestFirst(versions), Date.parse(day))?.Name;

it('finds the columns of a moment by when they began, and not by when the table was last touched', () => {
  const versions = [
    version('2', '2026-01-05', '2026-01-06'),
    version('10', '2026-01-10', '2026-03-01'),
    version('0', '2026-01-01', '2026-01-04'),
  ];
  expect(
    ['2026-02-01', '2026-01-10', '2026-01-09', '2026-01-05', '2026-01-02'].map((day) => at(day, versions)),
  ).toEqual(['10', '10', '2', '2', '0']);
});

it('takes the first columns for a moment before them, and knows none of a table without versions', () => {
  expect(at('2020-01-01', [version('1', '2026-01-05', '2026-01-05'), version('0', undefined, '2026-01-04')])).toBe('0');
  expect(tableAt([], 0)).toBeUndefined();
});

it('goes by the time of the update where nothing is noted', () => {
  const versions = [version('1', undefined, '2026-01-05'), version('0', undefined, '2026-01-04')];
  expect([at('2026-01-06', versions), at('2026-01-04T12:00:00Z', versions)]).toEqual(['1', '0']);
});
