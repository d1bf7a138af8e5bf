import { type OrcFooter, type OrcType, readOrcFooter } from '../file-format/orc-footer.ts';
import { type Reason, reason } from './crawl-plan.ts';
import { DeclaredEvidence } from './declared-evidence.ts';
import { type FileSchema, serdes } from './file-schema.ts';
import { type HiveType, scalar } from './hive-type.ts';

/** The columns and rows that an ORC file's last bytes state, or why they cannot be told. */
export function classifyOrc(name: string, tail: Uint8Array): FileSchema | Reason {
  const footer = readOrcFooter(tail);
  if (!footer) return reason('orcDamaged', { file: name });
  if ('compression' in footer) return reason('orcCompression', { compression: footer.compression });
  const [row] = footer.types;
  const columns = (row?.subtypes ?? []).map((at, index) => ({ at, column: row?.fieldNames[index] ?? `_col${index}` }));
  if (row?.kind !== STRUCT) return reason('orcDamaged', { file: name });
  return {
    classification: 'orc',
    compression: 'none',
    serde: serdes.orc(),
    parameters: {},
    columns: columns.map(({ at, column }) => ({
      name: column.toLowerCase(),
      evidence: new DeclaredEvidence(name, typeOf(footer, at), reason('typeOrc', { stated: kindOf(footer.types[at]) })),
      reasons: [reason('nameOrc', { column })],
    })),
    isNameless: false,
    rows: footer.rows,
    reasons: [reason('formatOrc', { rows: footer.rows })],
  };
}

const STRUCT = 12;

/** By their numbers in the footer: https://orc.apache.org/specification/ORCv1/#type-information */
const kinds = [
  'boolean',
  'tinyint',
  'smallint',
  'int',
  'bigint',
  'float',
  'double',
  'string',
  'binary',
  'timestamp',
  'array',
  'map',
  'struct',
  'uniontype',
  'decimal',
  'date',
  'string',
  'string',
  'timestamp',
];

const kindOf = (type: OrcType | undefined): string => kinds[type?.kind ?? -1] ?? 'string';

/** Types stand after the one that they are in: one that does not would be within itself. */
function typeOf(footer: OrcFooter, at: number): HiveType {
  const type = footer.types[at];
  const inner = (index: number): HiveType => {
    const place = type?.subtypes[index] ?? 0;
    return place > at ? typeOf(footer, place) : scalar('string');
  };
  const kind = kindOf(type);
  if (kind === 'array') return { kind, of: inner(0) };
  if (kind === 'map') return { kind, key: inner(0), value: inner(1) };
  if (kind === 'struct') {
    const fields = type?.fieldNames.map((name, index) => [name.toLowerCase(), inner(index)] as const);
    return { kind, fields: new Map(fields) };
  }
  if (kind === 'decimal') return scalar(`decimal(${type?.precision},${type?.scale})`);
  return scalar(kind === 'uniontype' ? 'string' : kind);
}
