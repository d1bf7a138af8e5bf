import { openApiDocument } from './open-api';
import type { SavedEndpoint } from './saved/saved-endpoint';

export const OPERATIONS = [
  'readQuery',
  'startQuery',
  'getQuery',
  'getResults',
  'cancelQuery',
  'listSaved',
  'callSaved',
  'listTables',
] as const;
export type OperationName = (typeof OPERATIONS)[number];

export interface ParameterDoc {
  name: string;
  in: 'query' | 'path' | 'header' | 'body';
  isRequired: boolean;
  /** As a person reads it: `integer`, `date`. */
  type: string;
  default?: string;
  description?: string;
}

/** An endpoint as a page shows it, made of the document that programs read. */
export interface EndpointDoc {
  /** `callSaved` for every saved query. */
  operation: OperationName;
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
  /** Of a saved query with a path of its own. */
  saved?: { id: string; name: string; description?: string };
  parameters: ParameterDoc[];
  /** The formats of its answer, the usual one first; none where it has no body. */
  formats: string[];
}

interface Schema {
  type?: string;
  format?: string;
  default?: unknown;
  description?: string;
  properties?: Record<string, Schema>;
}
interface Operation {
  operationId: string;
  parameters?: { name: string; in: ParameterDoc['in']; required?: boolean; description?: string; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { content?: Record<string, unknown> }>;
}

/** Describes every endpoint, with one for each saved query. */
export function endpointDocs(saved: readonly SavedEndpoint[]): EndpointDoc[] {
  const { paths } = openApiDocument('', saved) as unknown as { paths: Record<string, Record<string, Operation>> };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => docOf(path, method, operation, saved)),
  );
}

function docOf(path: string, method: string, operation: Operation, saved: readonly SavedEndpoint[]): EndpointDoc {
  const known = OPERATIONS.find((name) => name === operation.operationId);
  const query = saved.find(({ id }) => operation.operationId === `callSaved_${id.replaceAll(/\W/g, '_')}`);
  const { id, name, description } = query ?? {};
  const success = Object.entries(operation.responses).find(([status]) => status.startsWith('2'))?.[1];
  return {
    operation: known ?? 'callSaved',
    method: method.toUpperCase() as EndpointDoc['method'],
    path,
    ...(id !== undefined && name !== undefined ? { saved: { id, name, ...(description ? { description } : {}) } } : {}),
    parameters: [...parametersOf(operation), ...bodyOf(operation)],
    formats: Object.keys(success?.content ?? {}),
  };
}

function parametersOf({ parameters = [] }: Operation): ParameterDoc[] {
  return parameters.map(({ name, in: place, required = false, description, schema }) => ({
    name,
    in: place,
    isRequired: required,
    type: typeOf(schema),
    ...(schema.default === undefined ? {} : { default: String(schema.default) }),
    ...(description ? { description } : {}),
  }));
}

function bodyOf({ requestBody }: Operation): ParameterDoc[] {
  const properties = requestBody?.content['application/json']?.schema.properties ?? {};
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'body' as const,
    isRequired: true,
    type: typeOf(schema),
  }));
}

function typeOf({ type = 'text', format }: Schema): string {
  if (format === 'date') return 'date';
  return type === 'string' ? 'text' : type;
}
