import { expect, it } from 'vitest';
import { tableEvents } from './table-events';

const table = (id: string, columns: Record<string, string>, since: string) => ({
  Name: 'sales',
  VersionId: id,
  CreateTime: new Date('2026-01-01'),
  UpdateTime: new Date('2026-06-01'),
  Parameters: { 'lacustre:columns-since': since },
  StorageDescriptor: { Columns: Object.entries(columns).map(([Name, Type]) => ({ Name, Type })) },
});

it('tells when columns came, went and changed their type', () => {
  const events = tableEvents([
    table('2', { city: 'string', price: 'double', note: 'string' }, '2026-03-01'),
    table('1', { city: 'string', price: 'bigint', old: 'date' }, '2026-01-01'),
  ]);
  expect(events).toMatchObject([
    {
      kind: 'changed',
      at: Date.parse('2026-03-01'),
      changes: [
        { type: 'column-removed', column: 'old' },
        { type: 'type-changed', column: 'price', from: 'bigint', to: 'double' },
        { type: 'column-added', column: 'note' },
      ],
    },
    { kind: 'created', at: Date.parse('2026-01-01'), changes: [] },
  ]);
});

it('calls a version with the same columns an edit, made when the table was updated', () => {
  const [edit] = tableEvents([table('1', { a: 'string' }, '2026-01-01'), table('0', { a: 'string' }, '2026-01-01')]);
  expect(edit).toMatchObject({ kind: 'edited', at: Date.parse('2026-06-01'), changes: [] });
});
