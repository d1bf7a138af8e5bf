/**
 * What people write about a table, where everybody who reads the catalog finds it: in the table's description and owner,
 * its columns' comments, and parameters of ours.
 */
import type { Table } from '@aws-sdk/client-glue';
import { CLASSIFICATIONS, type Classification, type TableMetadata } from './schemas';

export const METADATA_PARAMETERS = {
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

/** When the table's rows last changed, in milliseconds, as far as the catalog tells. */
export function loadedAt({ Parameters = {}, UpdateTime }: Table): number | undefined {
  const noted = Date.parse(Parameters[LOADED_AT] ?? '');
  if (!Number.isNaN(noted)) return noted;
  const edited = Date.parse(Parameters[METADATA_PARAMETERS.editedAt] ?? '');
  const updated = UpdateTime?.getTime();
  if (updated === undefined || Math.abs(updated - edited) < SAME_MOMENT_MS) return undefined;
  return updated;
}

function classificationOf(text: string | undefined): Classification | undefined {
  return CLASSIFICATIONS.find((each) => each === text);
}
