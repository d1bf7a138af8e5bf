/** The fields of a message of Protocol Buffers, by number: https://protobuf.dev/programming-guides/encoding/ */
export type ProtobufFields = Map<number, (number | Uint8Array)[]>;

/** Throws RangeError for what is no message. Numbers past 2^53 lose their last digits. */
export function readProtobuf(bytes: Uint8Array): ProtobufFields {
  const fields: ProtobufFields = new Map();
  let at = 0;
  const number = () => {
    const read = readVarint(bytes, at);
    at = read.at;
    return read.value;
  };
  while (at < bytes.length) {
    const tag = number();
    const value = fieldOf(tag % 8);
    const values = fields.get(Math.floor(tag / 8)) ?? [];
    fields.set(Math.floor(tag / 8), [...values, value]);
  }
  return fields;

  function fieldOf(wireType: number): number | Uint8Array {
    if (wireType === 0) return number();
    const length = { 1: 8, 2: 0, 5: 4 }[wireType];
    if (length === undefined) throw new RangeError('This is no message.');
    const size = wireType === 2 ? number() : length;
    if (at + size > bytes.length) throw new RangeError('The message ends too early.');
    at += size;
    return bytes.subarray(at - size, at);
  }
}

/** Numbers that are packed into one field, or stand in one each. */
export function packedNumbers(values: (number | Uint8Array)[] = []): number[] {
  return values.flatMap((value) => {
    if (typeof value === 'number') return [value];
    const numbers: number[] = [];
    for (let at = 0; at < value.length; ) {
      const read = readVarint(value, at);
      numbers.push(read.value);
      at = read.at;
    }
    return numbers;
  });
}

function readVarint(bytes: Uint8Array, from: number): { value: number; at: number } {
  let value = 0;
  let at = from;
  for (let scale = 1; ; scale *= 128) {
    const byte = bytes[at++];
    if (byte === undefined || scale > 2 ** 63) throw new RangeError('The number does not end.');
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) return { value, at };
  }
}
