import type { EndpointDoc } from '@/lib/data-api/endpoint-docs';
import type { SnippetRequest } from './snippets';

export type Values = Readonly<Record<string, string>>;

/** The request that a filled form stands for; what is empty is left to the API's defaults. */
export function requestOf(endpoint: EndpointDoc, origin: string, values: Values, accept: string): SnippetRequest {
  const { method, parameters } = endpoint;
  const given = parameters.filter(({ name }) => (values[name] ?? '') !== '');
  const of = (place: string) => given.filter((each) => each.in === place).map(({ name }) => [name, values[name] ?? '']);
  const path = of('path').reduce(
    (text, [name, value]) => text.replace(`{${name}}`, encodeURIComponent(value ?? '')),
    endpoint.path,
  );
  const search = new URLSearchParams(of('query') as string[][]).toString();
  const body = of('body');
  return {
    method,
    url: `${origin}${path}${search ? `?${search}` : ''}`,
    ...(body.length > 0 ? { body: JSON.stringify(Object.fromEntries(body)) } : {}),
    ...(accept === endpoint.formats[0] || accept === '' ? {} : { accept }),
  };
}

/** Whether all that must be given is. */
export function isComplete({ parameters }: EndpointDoc, values: Values): boolean {
  return parameters.every(({ name, isRequired }) => !isRequired || (values[name] ?? '') !== '');
}

export interface Answer {
  status: number;
  headers: [name: string, value: string][];
  etag: string | undefined;
  tookMs: number;
  /** Undefined where the answer is bytes. */
  text?: string;
  bytes?: Blob;
}

/** Sends it, as the signed-in person. The browser's own cache stays out of it: what is shown is what was answered. */
export async function ask({ method, url, body, accept }: SnippetRequest, ifNoneMatch?: string): Promise<Answer> {
  const headers = {
    ...(body ? { 'content-type': 'application/json' } : {}),
    ...(accept ? { accept } : {}),
    ...(ifNoneMatch ? { 'if-none-match': ifNoneMatch } : {}),
  };
  const start = performance.now();
  try {
    const response = await fetch(url, { method, body, headers, cache: 'no-store' });
    const isBytes = response.headers.get('content-type')?.startsWith('application/vnd.apache') ?? false;
    const content = isBytes ? { bytes: await response.blob() } : { text: await response.text() };
    const etag = response.headers.get('etag') ?? undefined;
    const tookMs = Math.round(performance.now() - start);
    return { status: response.status, headers: shownHeaders(response), etag, tookMs, ...content };
  } catch (error) {
    return { status: 0, headers: [], etag: undefined, tookMs: 0, text: String(error) };
  }
}

const SHOWN = ['content-type', 'etag', 'location', 'cache-control', 'ratelimit', 'ratelimit-policy', 'retry-after'];

function shownHeaders({ headers }: Response): [string, string][] {
  return SHOWN.flatMap((name): [string, string][] => {
    const value = headers.get(name);
    return value === null ? [] : [[name, value]];
  });
}
