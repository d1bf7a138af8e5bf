/** Which method and path is which operation, and how its parts become the operation's input. */
import { buffer } from 'node:stream/consumers';
import { encodeJson } from '../../protocol/aws-json.ts';
import { AwsError, type WireRequest, type WireResponse } from '../../service.ts';
import type { InvokeOutput } from './operations/invoke.ts';

export interface Route {
  operation: string;
  method: string;
  path: RegExp;
  /** The status of success; 200 where nothing else is said. */
  status?: number;
  /** The members of the input that are in the query, by their names there. */
  query?: Record<string, string>;
  /** Names that the path's groups and lists of the query have in the input. */
  queryLists?: Record<string, string>;
}

const FUNCTIONS = '/2015-03-31/functions';
const ONE = `${FUNCTIONS}/(?<FunctionName>[^/]+)`;
const QUALIFIER = { Qualifier: 'Qualifier' };

function route(operation: string, method: string, path: string, more: Partial<Route> = {}): Route {
  return { operation, method, path: new RegExp(`^${path}/?$`), ...more };
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_Operations.html */
const ROUTES: Route[] = [
  route('Invoke', 'POST', `${ONE}/invocations`, { query: QUALIFIER }),
  route('CreateFunction', 'POST', FUNCTIONS, { status: 201 }),
  route('ListFunctions', 'GET', FUNCTIONS, {
    query: { Marker: 'Marker', MaxItems: 'MaxItems', FunctionVersion: 'FunctionVersion' },
  }),
  route('GetFunction', 'GET', ONE, { query: QUALIFIER }),
  route('DeleteFunction', 'DELETE', ONE, { status: 204, query: QUALIFIER }),
  route('GetFunctionConfiguration', 'GET', `${ONE}/configuration`, { query: QUALIFIER }),
  route('UpdateFunctionConfiguration', 'PUT', `${ONE}/configuration`),
  route('UpdateFunctionCode', 'PUT', `${ONE}/code`),
  route('AddPermission', 'POST', `${ONE}/policy`, { status: 201, query: QUALIFIER }),
  route('GetPolicy', 'GET', `${ONE}/policy`, { query: QUALIFIER }),
  route('RemovePermission', 'DELETE', `${ONE}/policy/(?<StatementId>[^/]+)`, { status: 204, query: QUALIFIER }),
  route('TagResource', 'POST', '/2017-03-31/tags/(?<Resource>.+)', { status: 204 }),
  route('UntagResource', 'DELETE', '/2017-03-31/tags/(?<Resource>.+)', {
    status: 204,
    queryLists: { tagKeys: 'TagKeys' },
  }),
  route('ListTags', 'GET', '/2017-03-31/tags/(?<Resource>.+)'),
];

/** The route of a request, or `undefined` for an operation that there is not. */
export function findRoute({ method, path }: WireRequest): Route | undefined {
  return ROUTES.find((candidate) => candidate.method === method && candidate.path.test(path));
}

export async function readInput(route: Route, request: WireRequest): Promise<Record<string, unknown>> {
  const groups = route.path.exec(request.path)?.groups ?? {};
  const inPath = Object.entries(groups).map(([name, value]) => [name, decode(value)]);
  const inQuery = Object.entries(route.query ?? {}).flatMap(([name, member]) => {
    const value = request.query.get(name);
    return value === null ? [] : [[member, value]];
  });
  const lists = Object.entries(route.queryLists ?? {}).map(([name, member]) => [member, request.query.getAll(name)]);
  const body = await buffer(request.body);
  const inBody = route.operation === 'Invoke' ? invokeMembers(request, body) : parseBody(body);
  return { ...inBody, ...Object.fromEntries([...inPath, ...inQuery, ...lists]) };
}

export function answer(route: Route, output: unknown): WireResponse {
  if (route.operation === 'Invoke') return invokeAnswer(output as InvokeOutput);
  const status = route.status ?? 200;
  if (status === 204) return { status };
  return { status, headers: { 'content-type': 'application/json' }, body: encodeJson(output) };
}

/** Invoke has its settings in headers; the whole body is the event. */
function invokeMembers({ headers }: WireRequest, body: Buffer): Record<string, unknown> {
  return {
    Payload: body.toString('utf8'),
    ...(headers['x-amz-invocation-type'] && { InvocationType: headers['x-amz-invocation-type'] }),
    ...(headers['x-amz-log-type'] && { LogType: headers['x-amz-log-type'] }),
    ...(headers['x-amz-client-context'] && { ClientContext: headers['x-amz-client-context'] }),
  };
}

function invokeAnswer({ StatusCode, FunctionError, ExecutedVersion, LogResult, Payload }: InvokeOutput): WireResponse {
  const headers = {
    ...(Payload !== undefined && { 'content-type': 'application/json' }),
    ...(FunctionError && { 'x-amz-function-error': FunctionError }),
    ...(ExecutedVersion && { 'x-amz-executed-version': ExecutedVersion }),
    ...(LogResult && { 'x-amz-log-result': LogResult }),
  };
  return { status: StatusCode, headers, ...(Payload !== undefined && { body: Payload }) };
}

function parseBody(body: Buffer): Record<string, unknown> {
  if (body.length === 0) return {};
  try {
    const parsed: unknown = JSON.parse(body.toString('utf8'));
    if (typeof parsed === 'object' && parsed !== null) return parsed as Record<string, unknown>;
  } catch {
    // Told below, like every other body that is no object.
  }
  throw new AwsError('InvalidRequestContentException', 'Could not parse request body into json', 400, { Type: 'User' });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
