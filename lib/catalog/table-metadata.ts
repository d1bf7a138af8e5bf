/**
 * What people write about a table, where everybody who reads the catalog finds it: in the table's description and owner,
 * its columns' comments, and parameters of ours.
 */
import type { Column, Table, TableInput } from '@aws-sdk/client-glue';
import { CLASSIFICATIONS, type Classification, type TableMetadata } from './schemas';

const METADATA_PARAMETERS = {
  tags: 'lacustre:tags',
  classification: 'lacustre:classification',
  cadenceHours: 'lacustre:cadence-hours',
  /** When people last changed any of it: the table's UpdateTime moved then, though its rows did not. */
  editedAt: 'lacustre:edited-at',
} as const;

/** Set by the pipeline's catalog step: when a run last wrote rows of the table (ISO 8601). */
const LOADED_AT = 'lacustre:loaded-at';
/** What crawlers and Athena's CREATE TABLE write where nobody was named. */
const NOBODY = new Set(['owner', 'hadoop']);
/** An edit's own time and the UpdateTime that it causes are told by two clocks. */
const SAME_MOMENT_MS = 60_000;

export function tableMetadata(table: Table): TableMetadata {
  const { Description, Owner, Parameters = {} } = table;
  const tags = (Parameters[METADATA_PARAMETERS.tags] ?? '').split(',').filter(Boolean);
  const classification = classificationOf(Parameters[METADATA_PARAMETERS.classification]);
  const cadenceHours = Number(Parameters[METADATA_PARAMETERS.cadenceHours]);
  return {
    ...(Description ? { description: Description } : {}),
    ...(Owner && !NOBODY.has(Owner) ? { owner: Owner } : {}),
    ...(tags.length > 0 ? { tags } : {}),
    ...(classification ? { classification } : {}),
    ...(cadenceHours > 0 ? { cadenceHours } : {}),
  };
}

/** When people last wrote about the table, in milliseconds. */
export function editedAt({ Parameters = {} }: Table): number | undefined {
  const at = Date.parse(Parameters[METADATA_PARAMETERS.editedAt] ?? '');
  return Number.isNaN(at) ? undefined : at;
}

/** When the table's rows last changed, in milliseconds, as far as the catalog tells. */
export function loadedAt(table: Table): number | undefined {
  const noted = Date.parse(table.Parameters?.[LOADED_AT] ?? '');
  if (!Number.isNaN(noted)) return noted;
  const [edited, updated] = [editedAt(table), table.UpdateTime?.getTime()];
  const isOfEdit = updated !== undefined && edited !== undefined && Math.abs(updated - edited) < SAME_MOMENT_MS;
  return isOfEdit ? undefined : updated;
}

function classificationOf(text: string | undefined): Classification | undefined {
  return CLASSIFICATIONS.find((each) => each === text);
}

const COMMENT = 'comments.';

/** Every field of a table's metadata as a form has it, by name: `description`, `tags`, …, `comments.city`. */
export function metadataFields(table: Table): Map<string, string> {
  const { description = '', owner = '', tags = [], classification = '', cadenceHours } = tableMetadata(table);
  const columns = [...(table.StorageDescriptor?.Columns ?? []), ...(table.PartitionKeys ?? [])];
  return new Map([
    ['description', description],
    ['owner', owner],
    ['tags', tags.join(',')],
    ['classification', classification],
    ['cadenceHours', cadenceHours === undefined ? '' : String(cadenceHours)],
    ...columns.map(({ Name, Comment = '' }): [string, string] => [`${COMMENT}${Name}`, Comment]),
  ]);
}

/** The table with these fields set, as Glue takes it: all else of it stays, but what only Glue itself writes. */
export function withFields(table: Table, fields: ReadonlyMap<string, string>, now: Date): TableInput {
  const commented = (columns: Column[] | undefined) =>
    columns?.map((column) => {
      const comment = fields.get(`${COMMENT}${column.Name}`);
      return comment === undefined ? column : { ...column, Comment: comment || undefined };
    });
  const { Name, Retention, TableType, LastAccessTime, LastAnalyzedTime, TargetTable } = table;
  return {
    ...{ Name, Retention, TableType, LastAccessTime, LastAnalyzedTime, TargetTable },
    ViewOriginalText: table.ViewOriginalText,
    ViewExpandedText: table.ViewExpandedText,
    Description: (fields.get('description') ?? table.Description) || undefined,
    Owner: (fields.get('owner') ?? table.Owner) || undefined,
    PartitionKeys: commented(table.PartitionKeys),
    StorageDescriptor: table.StorageDescriptor && {
      ...table.StorageDescriptor,
      Columns: commented(table.StorageDescriptor.Columns),
    },
    Parameters: parametersWith(table, fields, now),
  };
}

function parametersWith(table: Table, fields: ReadonlyMap<string, string>, now: Date): Record<string, string> {
  const parameters: Record<string, string> = {
    ...table.Parameters,
    [METADATA_PARAMETERS.editedAt]: now.toISOString(),
  };
  for (const field of ['tags', 'classification', 'cadenceHours'] as const) {
    const value = fields.get(field);
    if (value === '') delete parameters[METADATA_PARAMETERS[field]];
    else if (value !== undefined) parameters[METADATA_PARAMETERS[field]] = value;
  }
  return parameters;
}
