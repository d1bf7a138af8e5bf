/**
 * A dataset's contract: the part of the Open Data Contract Standard v3 that the lake holds files to.
 * https://bitol-io.github.io/open-data-contract-standard/v3.0.2/
 */
import * as z from 'zod';

/** A table's, a dataset's or a column's name: what Athena takes without quotes. */
export const SnakeCaseName = z
  .string()
  .max(128)
  .regex(/^[a-z][a-z0-9_]*$/, 'must be lower-case letters, digits and _, and start with a letter');

/** An Athena column type that a file's values can be read as. */
export const PhysicalType = z.string().refine(isPhysicalType, {
  message: 'must be string, bigint, double, boolean, date, timestamp, or decimal(p,s) with s ≤ p ≤ 38',
});
export type PhysicalType = z.infer<typeof PhysicalType>;

/** Version 3.0.2 of the standard has no logical timestamp: one is a `date` whose `physicalType` says more. */
export const LogicalType = z.enum(['string', 'integer', 'number', 'boolean', 'date']);
export type LogicalType = z.infer<typeof LogicalType>;

export const ContractColumn = z.object({
  /** The column's name in the table. */
  name: SnakeCaseName,
  /** The column's name in the files: a header, or a JSON key. */
  physicalName: z.string().min(1),
  logicalType: LogicalType,
  physicalType: PhysicalType,
  /** True when no row may leave it empty. Every delimited file has the column either way; a JSON object may lack the key. */
  required: z.boolean(),
  /** True for a column that tells rows apart, alone or together with the others that are. */
  primaryKey: z.boolean().optional(),
  /** Its place among these, from 1. */
  primaryKeyPosition: z.number().int().optional(),
  description: z.string().optional(),
});
export type ContractColumn = z.infer<typeof ContractColumn>;

export const ContractStatus = z.enum(['draft', 'active']);
export type ContractStatus = z.infer<typeof ContractStatus>;

export const Contract = z.object({
  apiVersion: z.literal('v3.0.2'),
  kind: z.literal('DataContract'),
  id: z.string().min(1),
  name: z.string().min(1),
  version: z.string().min(1),
  /** `draft`: inferred, and nobody has said yes to it. Files are held to it all the same. */
  status: ContractStatus,
  schema: z.tuple([
    z.object({
      name: SnakeCaseName,
      logicalType: z.literal('object'),
      physicalType: z.literal('table'),
      properties: z.array(ContractColumn).min(1).refine(hasUniqueNames, { message: 'two columns have the same name' }),
    }),
  ]),
});
export type Contract = z.infer<typeof Contract>;

/** The columns of the contract's one table. */
export function columnsOf(contract: Contract): ContractColumn[] {
  return contract.schema[0].properties;
}

/** The columns that tell rows apart, in their order; none where the contract does not say. */
export function primaryKeyOf(contract: Contract): ContractColumn[] {
  return columnsOf(contract)
    .filter((column) => column.primaryKey)
    .sort((one, other) => (one.primaryKeyPosition ?? 0) - (other.primaryKeyPosition ?? 0));
}

/** Name and type of each column as Athena, Glue and Parquet know them. */
export function contractColumns(contract: Contract): { name: string; type: string }[] {
  return columnsOf(contract).map(({ name, physicalType }) => ({ name, type: physicalType }));
}

/** Where the processed zone keeps a dataset's contract. */
export function contractKey(dataset: string): string {
  return `_lake/contracts/${dataset}.json`;
}

function hasUniqueNames(columns: { name: string }[]): boolean {
  return new Set(columns.map((column) => column.name)).size === columns.length;
}

function isPhysicalType(type: string): boolean {
  const [, precision, scale] = /^decimal\((\d{1,2}),(\d{1,2})\)$/.exec(type) ?? [];
  if (precision && scale)
    return Number(precision) >= 1 && Number(precision) <= 38 && Number(scale) <= Number(precision);
  return ['string', 'bigint', 'double', 'boolean', 'date', 'timestamp'].includes(type);
}
