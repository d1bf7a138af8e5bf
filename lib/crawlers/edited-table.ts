import { AppError } from '@/lib/errors';
import type { PlannedTable } from '@/lib/languages/crawl/crawl-plan.ts';
import type { AcceptTable } from './schemas';

/** A planned table with a person's names and types; throws INVALID where its files cannot be read by such names. */
export function editedTable(
  planned: PlannedTable,
  { name, columns }: Pick<AcceptTable, 'name' | 'columns'>,
): PlannedTable {
  const wanted = new Map(columns.map((column) => [column.from, column]));
  const edited = planned.columns.map((column) => ({ ...column, ...nameAndType(wanted.get(column.name)) }));
  const names = [...edited, ...planned.partitionKeys].map((column) => column.name);
  const twice = names.find((one, index) => names.indexOf(one) !== index);
  if (twice)
    throw new AppError('INVALID', `Two columns are called ${twice}.`, {
      reason: 'columnTwice',
      details: { column: twice },
    });
  const renamed = planned.columns.flatMap((column, index) =>
    edited[index] && edited[index].name !== column.name ? [{ from: column.name, to: edited[index].name }] : [],
  );
  return { ...planned, name, columns: edited, serde: renamedSerde(planned, renamed) };
}

/** Delimited files are read by place; JSON by key, which its SerDe can be told; all else by the name that it has. */
export const canRenameColumns = ({ delimited, classification }: PlannedTable): boolean =>
  delimited !== undefined || classification === 'json';

function renamedSerde(planned: PlannedTable, renamed: { from: string; to: string }[]): PlannedTable['serde'] {
  const [first] = renamed;
  if (!first || planned.delimited) return planned.serde;
  if (!canRenameColumns(planned))
    throw new AppError(
      'INVALID',
      `The column ${first.from} is found in the files by its name, and cannot have another.`,
      {
        reason: 'columnByName',
        details: { column: first.from, format: planned.classification },
      },
    );
  const keys = planned.serde.parameters.paths?.split(',') ?? [];
  const mappings = renamed.map(({ from, to }) => [
    `mapping.${to}`,
    keys.find((key) => key.toLowerCase() === from) ?? from,
  ]);
  return { ...planned.serde, parameters: { ...planned.serde.parameters, ...Object.fromEntries(mappings) } };
}

function nameAndType(column: AcceptTable['columns'][number] | undefined): { name?: string; type?: string } {
  return column ? { name: column.name.trim().toLowerCase(), type: column.type.trim() } : {};
}
