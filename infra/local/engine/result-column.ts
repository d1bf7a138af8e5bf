import { type Type, typeText } from '../../../lib/languages/trino-sql/types.ts';
import type { ResultColumn } from './task.ts';

const MAX_VARCHAR = 2_147_483_647;

const PRECISIONS: Record<string, number> = {
  tinyint: 3,
  smallint: 5,
  integer: 10,
  bigint: 19,
  real: 17,
  double: 17,
  varbinary: 1_073_741_824,
};

/** A column as GetQueryResults describes it (`ColumnInfo`). */
export function resultColumn(name: string, type: Type): ResultColumn {
  const { precision, scale } = sizeOf(type);
  // Athena calls Trino's `real` by Hive's name in result metadata.
  return {
    name,
    type: type.base === 'real' ? 'float' : type.base,
    fullType: typeText(type),
    precision,
    scale,
    hiveType: hiveType(type),
  };
}

function sizeOf(type: Type): { precision: number; scale: number } {
  if (type.base === 'decimal') return { precision: type.precision ?? 38, scale: type.scale ?? 0 };
  if (type.base === 'varchar' || type.base === 'char') return { precision: type.length ?? MAX_VARCHAR, scale: 0 };
  if (type.base.startsWith('time')) return { precision: Math.max(3, type.precision ?? 3), scale: 0 };
  return { precision: PRECISIONS[type.base] ?? 0, scale: 0 };
}

const HIVE: Record<string, string> = {
  integer: 'int',
  real: 'float',
  varchar: 'string',
  json: 'string',
  uuid: 'string',
  varbinary: 'binary',
};

/** What has no type in Hive's catalog. */
const NOT_HIVE = ['time', 'unknown', 'interval day to second', 'interval year to month', 'timestamp with time zone'];

function hiveType(type: Type): string | undefined {
  const of = (type.of ?? []).map(hiveType);
  if (of.includes(undefined)) return undefined;
  switch (type.base) {
    case 'decimal':
    case 'char':
      return typeText(type);
    case 'array':
      return `array<${of[0]}>`;
    case 'map':
      return `map<${of.join(',')}>`;
    case 'row':
      return `struct<${of.map((field, index) => `${type.names?.[index] || `field${index}`}:${field}`).join(',')}>`;
    default:
      return NOT_HIVE.includes(type.base) ? undefined : (HIVE[type.base] ?? type.base);
  }
}
