import type { FileSchema } from './file-schema.ts';
import { isCompatible } from './hive-type.ts';

/** The share of columns that two schemas must have in common to be one table; Glue says 70 %. */
export const similarityMin = 0.7;

/** Whether the files can be read as one table at all: the same format, the same compression, the same SerDe. */
export function isReadTogether(one: FileSchema, other: FileSchema): boolean {
  return (
    one.classification === other.classification &&
    one.compression === other.compression &&
    one.serde.library === other.serde.library &&
    one.delimited?.delimiter === other.delimited?.delimiter &&
    one.delimited?.hasHeader === other.delimited?.hasHeader
  );
}

/** The columns that both have, of all that the larger one has: 0 to 1. */
export function similarity(one: FileSchema, other: FileSchema): number {
  const types = new Map(other.columns.map(({ name, evidence }) => [name, evidence.type]));
  const common = one.columns.filter(({ name, evidence }) => {
    const type = types.get(name);
    // Without names, a column is known by its type alone.
    return type && (!one.isNameless || isCompatible(type, evidence.type));
  });
  return common.length / Math.max(1, one.columns.length, other.columns.length);
}

export function isSimilar(one: FileSchema, other: FileSchema): boolean {
  return isReadTogether(one, other) && similarity(one, other) >= similarityMin;
}
