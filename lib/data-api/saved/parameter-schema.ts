import type { ParameterType, QueryParameter } from '@/lib/query/saved/parameters';

/** What the endpoint itself takes, so that no parameter of a query can have this name. */
export const OWN_PARAMETERS = ['limit', 'timeout', 'next'] as const;

const SCHEMAS: Record<ParameterType, object> = {
  text: { type: 'string', maxLength: 1_022 },
  integer: { type: 'integer', format: 'int64' },
  decimal: { type: 'number' },
  date: { type: 'string', format: 'date' },
  timestamp: { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,9})?)?$' },
  boolean: { type: 'boolean' },
};

/** A parameter as JSON Schema: an address is all text, but readers of the document are told what it holds. */
export function parameterSchema({ type, default: preset }: QueryParameter): object {
  return { ...SCHEMAS[type], ...(preset === undefined ? {} : { default: typedDefault(type, preset) }) };
}

/** In JSON a default has the type of its schema; one that JSON’s numbers cannot hold stays as it is written. */
function typedDefault(type: ParameterType, preset: string): string | number | boolean {
  if (type === 'boolean') return preset === 'true';
  const isNumber = (type === 'integer' || type === 'decimal') && String(Number(preset)) === preset;
  return isNumber ? Number(preset) : preset;
}
