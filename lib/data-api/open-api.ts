import { SCOPES } from '@/lib/tokens/schemas';
import {
  LIMITS,
  Problem,
  QueryAnswer,
  QueryInput,
  QueryState,
  RESULT_TYPES,
  SavedAnswer,
  SavedList,
  StartAnswer,
  StartInput,
  TableList,
} from './contract';
import {
  idParameter,
  jsonOf,
  limitHeaders,
  type Operation,
  problems,
  queryParameters,
  schemaOf,
  TYPES_OF_RESULTS,
} from './open-api-parts';
import { namedOperation, savedListOperation, savedOperation } from './saved/open-api-saved';
import { type SavedEndpoint, savedPath } from './saved/saved-endpoint';

/**
 * The OpenAPI 3.1 document of the data API, made of the schemas that its routes parse by; `saved` are the saved queries
 * that its reader may call, each with a path of its own.
 */
export function openApiDocument(origin: string, saved: readonly SavedEndpoint[] = []) {
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
      '/api/v1/saved': { get: savedListOperation() },
      '/api/v1/saved/{id}': { get: savedOperation() },
      ...Object.fromEntries(saved.map((endpoint) => [savedPath(endpoint.name), { get: namedOperation(endpoint) }])),
      '/api/v1/tables': { get: tablesOperation() },
    },
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: `A personal token; its scopes: ${SCOPES.join(', ')}.` },
      },
      headers: headers(),
      schemas: {
        QueryAnswer: schemaOf(QueryAnswer),
        QueryState: schemaOf(QueryState),
        StartAnswer: schemaOf(StartAnswer),
        SavedAnswer: schemaOf(SavedAnswer),
        SavedList: schemaOf(SavedList),
        TableList: schemaOf(TableList),
        Problem: schemaOf(Problem),
      },
    },
  };
}

function headers(): Record<string, object> {
  const text = (description: string) => ({ description, schema: { type: 'string' } });
  return {
    ETag: text('Of what the answer is made of: the query, its values and the versions of every table that it reads.'),
    RateLimit: text('What is left of the minute’s requests (`r`) and the seconds until the next begins (`t`).'),
    'RateLimit-Policy': text(`\`"minute";q=${LIMITS.requestsPerMinute};w=60\`.`),
    'Retry-After': { description: 'Seconds.', schema: { type: 'integer' } },
  };
}

function readOperation(): Operation {
  return {
    operationId: 'readQuery',
    summary: 'Run a reading statement and get its rows',
    parameters: queryParameters(QueryInput),
    responses: { 200: jsonOf('QueryAnswer', 'The rows'), ...problems(400, 401, 403, 404, 409, 429, 503, 504) },
  };
}

function startOperation(): Operation {
  return {
    operationId: 'startQuery',
    summary: 'Start a reading statement and come back for it',
    requestBody: { required: true, content: { 'application/json': { schema: schemaOf(StartInput) } } },
    responses: { 202: jsonOf('StartAnswer', 'It was taken'), ...problems(400, 401, 403, 413, 429, 503) },
  };
}

function stateOperation(): Operation {
  return {
    operationId: 'getQuery',
    summary: 'See how a query stands',
    parameters: [idParameter],
    responses: { 200: jsonOf('QueryState', 'Its state'), ...problems(400, 401, 403, 404, 429, 503) },
  };
}

function cancelOperation(): Operation {
  return {
    operationId: 'cancelQuery',
    summary: 'Cancel a query',
    parameters: [idParameter],
    responses: { 204: { description: 'It is cancelled, or was finished' }, ...problems(400, 401, 403, 404, 429, 503) },
  };
}

function resultsOperation(): Operation {
  const content = Object.fromEntries(RESULT_TYPES.map((type) => [type, {}]));
  return {
    operationId: 'getResults',
    summary: 'Get the whole result of a finished query, streamed',
    description: TYPES_OF_RESULTS,
    parameters: [idParameter],
    responses: {
      200: { description: 'Every row', headers: limitHeaders, content },
      ...problems(400, 401, 403, 404, 406, 409, 429, 503),
    },
  };
}

function tablesOperation(): Operation {
  return {
    operationId: 'listTables',
    summary: 'List the tables and their columns',
    responses: { 200: jsonOf('TableList', 'Every table'), ...problems(400, 401, 403, 429, 503) },
  };
}
