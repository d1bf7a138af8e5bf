import { z } from 'zod';
import { SCOPES } from '@/lib/tokens/schemas';
import {
  Problem,
  QueryAnswer,
  QueryInput,
  QueryState,
  RESULT_TYPES,
  StartAnswer,
  StartInput,
  TableList,
} from './contract';

/** What can go wrong, by status; each is an RFC 9457 problem. */
const PROBLEMS: Record<number, string> = {
  400: 'The request or its SQL is wrong; line and column say where.',
  401: 'No token, or one that has expired or was revoked.',
  403: 'The token’s scopes, or its person’s role, do not allow this.',
  404: 'There is no such query.',
  406: 'The result is not to be had in the format that Accept names.',
  409: 'The query is not finished, or was cancelled.',
  429: 'Too many requests in a minute; Retry-After says when to come back.',
  503: 'The lake cannot be reached.',
  504: 'The query took longer than `timeout` and was cancelled.',
};

interface Operation {
  summary: string;
  parameters?: object[];
  requestBody?: object;
  responses: Record<string, object>;
}

const idParameter = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };

/** The OpenAPI 3.1 document of the data API, made of the schemas that its routes parse by. */
export function openApiDocument(origin: string): object {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Lacustre data API',
      version: '1.0.0',
      description: 'Reads the lake by SQL, as the person whose token is sent.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: origin }],
    security: [{ token: [] }],
    paths: {
      '/query': { get: readOperation() },
      '/api/v1/queries': { post: startOperation() },
      '/api/v1/queries/{id}': { get: stateOperation(), delete: cancelOperation() },
      '/api/v1/queries/{id}/results': { get: resultsOperation() },
      '/api/v1/tables': { get: tablesOperation() },
    },
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: `A personal token; its scopes: ${SCOPES.join(', ')}.` },
      },
      schemas: {
        QueryAnswer: schemaOf(QueryAnswer),
        QueryState: schemaOf(QueryState),
        StartAnswer: schemaOf(StartAnswer),
        TableList: schemaOf(TableList),
        Problem: schemaOf(Problem),
      },
    },
  };
}

function readOperation(): Operation & { operationId: string } {
  return {
    operationId: 'readQuery',
    summary: 'Run a reading statement and get its rows',
    parameters: queryParameters(),
    responses: { 200: jsonAnswer('QueryAnswer', 'The rows'), ...problems(400, 401, 403, 404, 409, 429, 503, 504) },
  };
}

function startOperation(): Operation & { operationId: string } {
  return {
    operationId: 'startQuery',
    summary: 'Start a reading statement and come back for it',
    requestBody: { required: true, content: { 'application/json': { schema: schemaOf(StartInput) } } },
    responses: { 202: jsonAnswer('StartAnswer', 'It was taken'), ...problems(400, 401, 403, 429, 503) },
  };
}

function stateOperation(): Operation & { operationId: string } {
  return {
    operationId: 'getQuery',
    summary: 'See how a query stands',
    parameters: [idParameter],
    responses: { 200: jsonAnswer('QueryState', 'Its state'), ...problems(400, 401, 403, 404, 429, 503) },
  };
}

function cancelOperation(): Operation & { operationId: string } {
  return {
    operationId: 'cancelQuery',
    summary: 'Cancel a query',
    parameters: [idParameter],
    responses: { 204: { description: 'It is cancelled, or was finished' }, ...problems(400, 401, 403, 404, 429, 503) },
  };
}

function resultsOperation(): Operation & { operationId: string } {
  const content = Object.fromEntries(RESULT_TYPES.map((type) => [type, {}]));
  return {
    operationId: 'getResults',
    summary: 'Get the whole result of a finished query, streamed',
    parameters: [idParameter],
    responses: { 200: { description: 'Every row', content }, ...problems(400, 401, 403, 404, 406, 409, 429, 503) },
  };
}

function tablesOperation(): Operation & { operationId: string } {
  return {
    operationId: 'listTables',
    summary: 'List the tables and their columns',
    responses: { 200: jsonAnswer('TableList', 'Every table'), ...problems(401, 403, 429, 503) },
  };
}

function queryParameters(): object[] {
  const { properties = {} } = schemaOf(QueryInput, 'input') as { properties?: Record<string, object> };
  return Object.entries(properties).map(([name, property]) => {
    const { description, example, ...schema } = property as { description?: string; example?: unknown };
    return { name, in: 'query', description, ...(example === undefined ? {} : { example }), schema };
  });
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output' = 'output'): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, reused: 'inline' }) as Record<string, unknown>;
  return rest;
}

function jsonAnswer(name: string, description: string): object {
  return { description, content: { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } } };
}

function problems(...statuses: number[]): Record<string, object> {
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      {
        description: PROBLEMS[status],
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  );
}
