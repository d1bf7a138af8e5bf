import { RESULT_TYPES, SavedInput } from '../contract';
import {
  idParameter,
  jsonOf,
  limitHeaders,
  type Operation,
  problems,
  queryParameters,
  TYPES_OF_RESULTS,
} from '../open-api-parts';
import { parameterSchema } from './parameter-schema';
import { readInputs } from './read-inputs';
import { callerParameters, type SavedEndpoint } from './saved-endpoint';

export function savedListOperation(): Operation {
  return {
    operationId: 'listSaved',
    summary: 'List the saved queries that can be called, with their parameters',
    responses: { 200: jsonOf('SavedList', 'Every one that the token is for'), ...problems(400, 401, 403, 429, 503) },
  };
}

export function savedOperation(): Operation {
  return {
    operationId: 'callSaved',
    summary: 'Call a saved query by its id, with its own parameters beside these',
    description: `An answer whose data, query and values have not changed is answered 304 to its ETag, and nothing is scanned. ${TYPES_OF_RESULTS}`,
    parameters: [idParameter, ...queryParameters(SavedInput), ifNoneMatch],
    responses: savedResponses(),
  };
}

/** A saved query as an endpoint of its own, with its parameters. */
export function namedOperation(endpoint: SavedEndpoint): Operation {
  const own = callerParameters(endpoint).map((parameter) => ({
    name: parameter.name,
    in: 'query',
    ...(parameter.description ? { description: parameter.description } : {}),
    required: parameter.default === undefined,
    schema: parameterSchema(parameter),
  }));
  return {
    operationId: `callSaved_${endpoint.id.replaceAll(/\W/g, '_')}`,
    summary: `Call the saved query “${endpoint.name}”`,
    ...(endpoint.description ? { description: endpoint.description } : {}),
    parameters: [...own, ...queryParameters(SavedInput), ifNoneMatch],
    // The database matters not: only whether the tables decide.
    responses: savedResponses(readInputs(endpoint.sql, '') !== undefined),
  };
}

const ifNoneMatch = {
  name: 'If-None-Match',
  in: 'header',
  description: 'The ETag of an earlier answer.',
  schema: { type: 'string' },
};

function savedResponses(hasTag = true): Record<string, object> {
  const others = RESULT_TYPES.filter((type) => type !== 'application/json').map((type) => [type, {}]);
  const content = { ...jsonOf('SavedAnswer', '').content, ...Object.fromEntries(others) };
  const headers = hasTag ? { ETag: { $ref: '#/components/headers/ETag' }, ...limitHeaders } : limitHeaders;
  const unchanged = { description: 'The answer is the one that the caller has; nothing was scanned', headers };
  return {
    200: { description: 'The rows', headers, content },
    ...(hasTag ? { 304: unchanged } : {}),
    ...problems(400, 401, 403, 404, 406, 409, 429, 503, 504),
  };
}
