/** Athena's type for a column of DuckDB's, as DESCRIBE prints it. */
export function athenaTypeOf(duckdb: string): string {
  const type = duckdb.trim();
  if (type.endsWith('[]')) return `array<${athenaTypeOf(type.slice(0, -2))}>`;
  if (/\[\d+\]$/.test(type)) return `array<${athenaTypeOf(type.replace(/\[\d+\]$/, ''))}>`;
  const [, outer, inner = ''] = /^(STRUCT|MAP|DECIMAL)\((.*)\)$/s.exec(type) ?? [];
  if (outer === 'DECIMAL') return `decimal(${inner.replaceAll(' ', '')})`;
  if (outer === 'MAP') return `map<${parts(inner).map(athenaTypeOf).join(',')}>`;
  if (outer === 'STRUCT') return `struct<${parts(inner).map(field).join(',')}>`;
  return scalars[type] ?? (type.startsWith('TIMESTAMP') ? 'timestamp' : 'string');
}

const scalars: Record<string, string> = {
  BOOLEAN: 'boolean',
  TINYINT: 'tinyint',
  SMALLINT: 'smallint',
  INTEGER: 'int',
  BIGINT: 'bigint',
  // Hive has no unsigned types: the next larger one holds them.
  UTINYINT: 'smallint',
  USMALLINT: 'int',
  UINTEGER: 'bigint',
  UBIGINT: 'decimal(20,0)',
  HUGEINT: 'decimal(38,0)',
  FLOAT: 'float',
  DOUBLE: 'double',
  DATE: 'date',
  BLOB: 'binary',
};

/** `"a b" INTEGER` or `a INTEGER`. */
function field(text: string): string {
  const [, quoted, plain, type = ''] = /^\s*(?:"((?:[^"]|"")*)"|(\S+))\s+(.*)$/s.exec(text) ?? [];
  return `${(quoted?.replaceAll('""', '"') ?? plain ?? '').toLowerCase()}:${athenaTypeOf(type)}`;
}

/** Splits at the commas that are in no bracket and no quotes. */
function parts(text: string): string[] {
  const found = [''];
  let depth = 0;
  let isQuoted = false;
  for (const character of text) {
    if (character === '"') isQuoted = !isQuoted;
    else if (!isQuoted && character === '(') depth++;
    else if (!isQuoted && character === ')') depth--;
    if (character === ',' && depth === 0 && !isQuoted) found.push('');
    else found[found.length - 1] += character;
  }
  return found;
}
