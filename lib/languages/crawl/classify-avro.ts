import { type AvroStructure, type AvroType, readAvroHeader } from '../file-format/avro-header.ts';
import { reason } from './crawl-plan.ts';
import { DeclaredEvidence } from './declared-evidence.ts';
import { type FileSchema, serdes } from './file-schema.ts';
import { type HiveType, scalar } from './hive-type.ts';

/** The columns that an Avro file's header states; undefined where the header is not sound. */
export function classifyAvro(name: string, head: Uint8Array, sizeBytes: number): FileSchema | undefined {
  const header = readAvroHeader(head);
  if (!header) return undefined;
  const { schema, schemaText, firstBlock } = header;
  const reader = new TypeReader();
  const rowBytes = firstBlock && firstBlock.rows > 0 ? firstBlock.sizeBytes / firstBlock.rows : 0;
  return {
    classification: 'avro',
    compression: 'none',
    serde: serdes.avro(schemaText),
    parameters: { 'avro.schema.literal': schemaText },
    columns: reader.fieldsOf(schema).map(({ field, type, stated }) => ({
      name: field.toLowerCase(),
      evidence: new DeclaredEvidence(name, type, reason('typeAvro', { stated })),
      reasons: [reason('nameAvro', { column: field })],
    })),
    isNameless: false,
    rows: rowBytes === 0 ? 0 : Math.round((sizeBytes - header.sizeBytes) / rowBytes),
    reasons: [reason('formatAvro')],
  };
}

/** A record may be within itself: so deep, and no deeper, it is looked into. */
const depthMax = 16;

/** Turns types into Hive's, as its AvroSerDe does: https://cwiki.apache.org/confluence/display/Hive/AvroSerDe */
class TypeReader {
  /** What was named before, and may be named again. */
  readonly #named = new Map<string, AvroStructure>();

  fieldsOf(record: AvroStructure): { field: string; type: HiveType; stated: string }[] {
    this.#remember(record);
    return (record.fields ?? []).map(({ name, type }) => ({
      field: name,
      type: this.#typeOf(type, 1),
      stated: printed(type),
    }));
  }

  #typeOf(type: AvroType, depth: number): HiveType {
    if (depth > depthMax) return scalar('string');
    if (Array.isArray(type)) return this.#choice(type, depth);
    if (typeof type !== 'string') return this.#structure(type, depth);
    const named = this.#named.get(type);
    return named ? this.#structure(named, depth) : scalar(plain[type] ?? 'string');
  }

  /** A choice of one type or nothing is that type; Athena has no columns of several. */
  #choice(types: AvroType[], depth: number): HiveType {
    const [only, ...others] = types.filter((type) => type !== 'null');
    return only !== undefined && others.length === 0 ? this.#typeOf(only, depth) : scalar('string');
  }

  #structure(structure: AvroStructure, depth: number): HiveType {
    this.#remember(structure);
    const { type, items = 'string', values = 'string', fields = [] } = structure;
    if (type === 'array') return { kind: 'array', of: this.#typeOf(items, depth + 1) };
    if (type === 'map') return { kind: 'map', key: scalar('string'), value: this.#typeOf(values, depth + 1) };
    if (type === 'record') {
      const typed = fields.map((field) => [field.name.toLowerCase(), this.#typeOf(field.type, depth + 1)] as const);
      return { kind: 'struct', fields: new Map(typed) };
    }
    return logicalType(structure) ?? this.#typeOf(type, depth + 1);
  }

  #remember(structure: AvroStructure): void {
    const { name, namespace } = structure;
    if (name === undefined) return;
    this.#named.set(name, structure);
    if (namespace) this.#named.set(`${namespace}.${name}`, structure);
  }
}

const plain: Record<string, string> = {
  boolean: 'boolean',
  int: 'int',
  long: 'bigint',
  float: 'float',
  double: 'double',
  bytes: 'binary',
  fixed: 'binary',
  string: 'string',
  enum: 'string',
};

function logicalType({ logicalType: meaning = '', precision, scale = 0 }: AvroStructure): HiveType | undefined {
  if (meaning === 'decimal' && precision) return scalar(`decimal(${precision},${scale})`);
  if (meaning === 'date') return scalar('date');
  return meaning.startsWith('timestamp-') ? scalar('timestamp') : undefined;
}

const printedLength = 120;

function printed(type: AvroType): string {
  const text = typeof type === 'string' ? type : JSON.stringify(type);
  return text.length > printedLength ? `${text.slice(0, printedLength)}…` : text;
}
