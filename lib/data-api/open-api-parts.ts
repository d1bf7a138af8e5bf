import { z } from 'zod';

/** What can go wrong, by status; each is an RFC 9457 problem. */
const PROBLEMS: Record<number, string> = {
  400: 'The request or its SQL is wrong: line and column, or the name of the parameter, say where.',
  401: 'No token, or one that has expired or was revoked.',
  403: 'The token’s scopes, or its person’s role, do not allow this.',
  404: 'There is no such query.',
  406: 'The result is not to be had in the format that Accept names.',
  409: 'The query is not finished, or was cancelled.',
  413: 'The body is too large.',
  429: 'Too many requests in a minute; Retry-After says when to come back.',
  503: 'The lake cannot be reached.',
  504: 'The query took longer than `timeout` and was cancelled.',
};

export interface Operation {
  operationId: string;
  summary: string;
  description?: string;
  parameters?: object[];
  requestBody?: object;
  responses: Record<string, object>;
}

export const idParameter = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };

export const TYPES_OF_RESULTS =
  'Arrow and Parquet have Athena’s types: integers, floats, decimals, booleans, dates, timestamps (microseconds, without ' +
  'a zone) and bytes. Arrays, maps, rows, JSON, times and timestamps with a zone are text, as Athena writes them.';

export function queryParameters(input: z.ZodType): object[] {
  const { properties = {} } = schemaOf(input, 'input') as { properties?: Record<string, object> };
  return Object.entries(properties).map(([name, property]) => {
    const { description, example, ...schema } = property as { description?: string; example?: unknown };
    return { name, in: 'query', description, ...(example === undefined ? {} : { example }), schema };
  });
}

/** A schema in the document’s words. */
export function schemaOf(schema: z.ZodType, io: 'input' | 'output' = 'output'): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, reused: 'inline' }) as Record<string, unknown>;
  return rest;
}

export const limitHeaders = {
  RateLimit: { $ref: '#/components/headers/RateLimit' },
  'RateLimit-Policy': { $ref: '#/components/headers/RateLimit-Policy' },
};

export function jsonOf(name: string, description: string) {
  const content = { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } };
  return { description, headers: limitHeaders, content };
}

export function problems(...statuses: number[]): Record<string, object> {
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      {
        description: PROBLEMS[status],
        ...(status === 429
          ? { headers: { ...limitHeaders, 'Retry-After': { $ref: '#/components/headers/Retry-After' } } }
          : {}),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  );
}
