/** The header of an Avro file: https://avro.apache.org/docs/1.12.0/specification/#object-container-files */
import * as z from 'zod';

/** A type as the schema writes it: a name, a choice of types, or a structure. */
export type AvroType = string | AvroType[] | AvroStructure;

export interface AvroStructure {
  type: AvroType;
  name?: string | undefined;
  namespace?: string | undefined;
  logicalType?: string | undefined;
  precision?: number | undefined;
  scale?: number | undefined;
  fields?: { name: string; type: AvroType }[] | undefined;
  items?: AvroType | undefined;
  values?: AvroType | undefined;
}

const AvroType: z.ZodType<AvroType> = z.lazy(() => z.union([z.string(), z.array(AvroType), AvroStructure]));
const AvroStructure: z.ZodType<AvroStructure> = z.lazy(() =>
  z.looseObject({
    type: AvroType,
    name: z.string().optional(),
    namespace: z.string().optional(),
    logicalType: z.string().optional(),
    precision: z.number().optional(),
    scale: z.number().optional(),
    fields: z.array(z.looseObject({ name: z.string(), type: AvroType })).optional(),
    items: AvroType.optional(),
    values: AvroType.optional(),
  }),
);

export interface AvroHeader {
  /** As it stands in the file. */
  schemaText: string;
  schema: AvroStructure;
  sizeBytes: number;
  /** How many rows its first block has, and how many bytes these take; left out where no block follows. */
  firstBlock?: { rows: number; sizeBytes: number };
}

const MAGIC = [...'Obj\x01'].map((character) => character.charCodeAt(0));
const SYNC_BYTES = 16;

export const isAvro = (head: Uint8Array): boolean => MAGIC.every((byte, index) => head[index] === byte);

/** Undefined where the header is damaged, goes beyond the bytes at hand, or its schema is no record. */
export function readAvroHeader(head: Uint8Array): AvroHeader | undefined {
  if (!isAvro(head)) return undefined;
  try {
    const reader = new AvroReader(head, MAGIC.length);
    const schemaText = new TextDecoder('utf-8', { fatal: true }).decode(readMetadata(reader).get('avro.schema'));
    reader.skip(SYNC_BYTES);
    const schema = AvroStructure.parse(JSON.parse(schemaText));
    if (schema.type !== 'record') return undefined;
    return { schemaText, schema, sizeBytes: reader.at, ...firstBlock(reader) };
  } catch {
    return undefined;
  }
}

/** A map: blocks of entries, the last of them empty. A block whose count is negative says its size as well. */
function readMetadata(reader: AvroReader): Map<string, Uint8Array> {
  const entries = new Map<string, Uint8Array>();
  for (let count = reader.long(); count !== 0; count = reader.long()) {
    if (count < 0) reader.long();
    for (let left = Math.abs(count); left > 0; left--)
      entries.set(new TextDecoder().decode(reader.bytes()), reader.bytes());
  }
  return entries;
}

function firstBlock(reader: AvroReader): Pick<AvroHeader, 'firstBlock'> {
  try {
    return { firstBlock: { rows: reader.long(), sizeBytes: reader.long() + SYNC_BYTES } };
  } catch {
    return {};
  }
}

class AvroReader {
  at: number;
  readonly #data: Uint8Array;

  constructor(data: Uint8Array, at: number) {
    this.#data = data;
    this.at = at;
  }

  /** A number of seven bits a byte, its sign in the last bit. */
  long(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.#data[this.at++];
      if (byte === undefined || scale > 2 ** 49) throw new RangeError('The number does not end.');
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) break;
    }
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  bytes(): Uint8Array {
    const length = this.long();
    const start = this.at;
    this.skip(length);
    return this.#data.subarray(start, this.at);
  }

  skip(count: number): void {
    if (count < 0 || this.at + count > this.#data.length) throw new RangeError('The file ends too early.');
    this.at += count;
  }
}
