import {
  type DuckDBDecimalType,
  type DuckDBListType,
  type DuckDBMapType,
  type DuckDBStructType,
  type DuckDBType,
  DuckDBTypeId,
} from '@duckdb/node-api';
import type { ResultColumn } from './task.ts';

/** Type, precision and scale as GetQueryResults shows them (`ColumnInfo`). */
type TypeInfo = Pick<ResultColumn, 'type' | 'fullType' | 'precision' | 'scale'>;

const MAX_VARCHAR = 2_147_483_647;

const SIMPLE: Partial<Record<DuckDBTypeId, TypeInfo>> = {
  [DuckDBTypeId.BOOLEAN]: simple('boolean'),
  [DuckDBTypeId.TINYINT]: simple('tinyint', 3),
  [DuckDBTypeId.SMALLINT]: simple('smallint', 5),
  [DuckDBTypeId.INTEGER]: simple('integer', 10),
  [DuckDBTypeId.BIGINT]: simple('bigint', 19),
  // DuckDB widens sums and counts where Trino keeps bigint.
  [DuckDBTypeId.HUGEINT]: simple('bigint', 19),
  [DuckDBTypeId.UTINYINT]: simple('smallint', 5),
  [DuckDBTypeId.USMALLINT]: simple('integer', 10),
  [DuckDBTypeId.UINTEGER]: simple('bigint', 19),
  [DuckDBTypeId.UBIGINT]: simple('bigint', 19),
  [DuckDBTypeId.UHUGEINT]: simple('bigint', 19),
  // Athena calls Trino's `real` by Hive's name in result metadata.
  [DuckDBTypeId.FLOAT]: { ...simple('float', 17), fullType: 'real' },
  [DuckDBTypeId.DOUBLE]: simple('double', 17),
  [DuckDBTypeId.DATE]: simple('date'),
  [DuckDBTypeId.TIME]: simple('time', 3),
  [DuckDBTypeId.BLOB]: simple('varbinary', MAX_VARCHAR),
  [DuckDBTypeId.VARCHAR]: simple('varchar', MAX_VARCHAR),
  [DuckDBTypeId.UUID]: simple('uuid'),
  [DuckDBTypeId.INTERVAL]: simple('interval day to second'),
  [DuckDBTypeId.SQLNULL]: simple('unknown'),
  [DuckDBTypeId.TIMESTAMP_TZ]: { ...simple('timestamp with time zone', 3), fullType: 'timestamp(3) with time zone' },
};
for (const id of [
  DuckDBTypeId.TIMESTAMP,
  DuckDBTypeId.TIMESTAMP_S,
  DuckDBTypeId.TIMESTAMP_MS,
  DuckDBTypeId.TIMESTAMP_NS,
]) {
  SIMPLE[id] = { ...simple('timestamp', 3), fullType: 'timestamp(3)' };
}

export function resultColumn(name: string, type: DuckDBType): ResultColumn {
  return { name, ...typeInfo(type), hiveType: hiveType(type) };
}

function typeInfo(type: DuckDBType): TypeInfo {
  switch (type.typeId) {
    case DuckDBTypeId.VARCHAR:
      return type.alias === 'JSON' ? simple('json') : simple('varchar', MAX_VARCHAR);
    case DuckDBTypeId.DECIMAL: {
      const { width, scale } = type as DuckDBDecimalType;
      return { type: 'decimal', fullType: `decimal(${width},${scale})`, precision: width, scale };
    }
    case DuckDBTypeId.LIST:
    case DuckDBTypeId.ARRAY:
      return { ...simple('array'), fullType: `array(${typeInfo((type as DuckDBListType).valueType).fullType})` };
    case DuckDBTypeId.MAP: {
      const { keyType, valueType } = type as DuckDBMapType;
      return { ...simple('map'), fullType: `map(${typeInfo(keyType).fullType}, ${typeInfo(valueType).fullType})` };
    }
    case DuckDBTypeId.STRUCT:
      return { ...simple('row'), fullType: `row(${structFields(type as DuckDBStructType).join(', ')})` };
    default:
      return SIMPLE[type.typeId] ?? simple('varchar', MAX_VARCHAR);
  }
}

function structFields(type: DuckDBStructType): string[] {
  return type.entryNames.map((name, index) => {
    const { fullType } = typeInfo(type.entryTypes[index] as DuckDBType);
    return name === '' ? fullType : `${name} ${fullType}`;
  });
}

function simple(type: string, precision = 0): TypeInfo {
  return { type, fullType: type, precision, scale: 0 };
}

const HIVE: Record<string, string> = {
  integer: 'int',
  varchar: 'string',
  json: 'string',
  uuid: 'string',
  varbinary: 'binary',
};

/** What has no type in Hive's catalog. */
const NOT_HIVE = new Set(['time', 'unknown', 'interval day to second', 'timestamp with time zone']);

function hiveType(type: DuckDBType): string | undefined {
  const info = typeInfo(type);
  switch (info.type) {
    case 'decimal':
      return info.fullType;
    case 'array': {
      const item = hiveType((type as DuckDBListType).valueType);
      return item && `array<${item}>`;
    }
    case 'map': {
      const [key, value] = [hiveType((type as DuckDBMapType).keyType), hiveType((type as DuckDBMapType).valueType)];
      return key && value && `map<${key},${value}>`;
    }
    case 'row': {
      const { entryNames, entryTypes } = type as DuckDBStructType;
      const fields = entryTypes.map((fieldType, index) => [entryNames[index] || `field${index}`, hiveType(fieldType)]);
      return fields.some(([, field]) => !field)
        ? undefined
        : `struct<${fields.map((field) => field.join(':')).join(',')}>`;
    }
    default:
      return NOT_HIVE.has(info.type) ? undefined : (HIVE[info.type] ?? info.type);
  }
}
