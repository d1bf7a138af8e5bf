/** Types as the catalog writes them, taken apart and put together again. */
export type HiveType =
  | { kind: 'scalar'; name: string }
  | { kind: 'array'; of: HiveType }
  | { kind: 'map'; key: HiveType; value: HiveType }
  | { kind: 'struct'; fields: Map<string, HiveType> }
  /** Only nulls were seen. */
  | { kind: 'unknown' };

export const scalar = (name: string): HiveType => ({ kind: 'scalar', name });

export function printType(type: HiveType): string {
  switch (type.kind) {
    case 'scalar':
      return type.name;
    case 'array':
      return `array<${printType(type.of)}>`;
    case 'map':
      return `map<${printType(type.key)},${printType(type.value)}>`;
    case 'struct':
      return type.fields.size === 0
        ? 'string'
        : `struct<${[...type.fields].map(([name, field]) => `${name}:${printType(field)}`).join(',')}>`;
    case 'unknown':
      return 'string';
  }
}

const numbers = ['tinyint', 'smallint', 'int', 'bigint', 'float', 'double'];

/** The narrowest type that holds both: a wider number, a struct of the fields of both, and else text. */
export function mergeTypes(one: HiveType, other: HiveType): HiveType {
  if (one.kind === 'unknown') return other;
  if (other.kind === 'unknown') return one;
  if (one.kind === 'array' && other.kind === 'array') return { kind: 'array', of: mergeTypes(one.of, other.of) };
  if (one.kind === 'map' && other.kind === 'map')
    return { kind: 'map', key: mergeTypes(one.key, other.key), value: mergeTypes(one.value, other.value) };
  if (one.kind === 'struct' && other.kind === 'struct') {
    const fields = new Map(one.fields);
    for (const [name, type] of other.fields) {
      const own = fields.get(name);
      fields.set(name, own ? mergeTypes(own, type) : type);
    }
    return { kind: 'struct', fields };
  }
  if (one.kind === 'scalar' && other.kind === 'scalar') return scalar(mergeScalars(one.name, other.name));
  return scalar('string');
}

function mergeScalars(one: string, other: string): string {
  if (one === other) return one;
  const rank = Math.max(numbers.indexOf(one), numbers.indexOf(other));
  const isNumeric = numbers.includes(one) && numbers.includes(other);
  if (!isNumeric) return 'string';
  const name = numbers[rank] ?? 'double';
  // A float has room for few digits of a whole number.
  return name === 'float' ? 'double' : name;
}

/** Whether two columns of these types can be one: it is no use to call numbers and text the same column. */
export function isCompatible(one: HiveType, other: HiveType): boolean {
  const isText = (type: HiveType) => type.kind === 'scalar' && type.name === 'string';
  return isText(one) || isText(other) || !isText(mergeTypes(one, other));
}
