import type { WireRequest, WireResponse } from '../../service.ts';
import type { Bucket } from './bucket.ts';
import { s3Error } from './errors.ts';
import { childrenOf, textOf, type XmlElement } from './xml.ts';

const METHODS = ['GET', 'PUT', 'POST', 'DELETE', 'HEAD'];
const MAX_RULES = 100;

interface CorsRule {
  origins: string[];
  methods: string[];
  headers: string[];
  exposed: string[];
  maxAgeSeconds?: string;
}

/** Refuses a configuration that S3 would. https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketCors.html */
export function checkCors(document: XmlElement): void {
  const rules = rulesOf(document);
  if (rules.length === 0 || rules.length > MAX_RULES) throw s3Error('MalformedXML');
  for (const { origins, methods, headers } of rules) {
    if (origins.length === 0 || methods.length === 0) throw s3Error('MalformedXML');
    const method = methods.find((each) => !METHODS.includes(each));
    if (method !== undefined) {
      const words = `Found unsupported HTTP method in CORS config. Unsupported method is ${method}`;
      throw s3Error('InvalidRequest', {}, words);
    }
    const wild = [...origins, ...headers].find((each) => each.split('*').length > 2);
    if (wild !== undefined) {
      throw s3Error('InvalidRequest', {}, `AllowedOrigin "${wild}" can not have more than one wildcard.`);
    }
  }
}

/** Answers a browser that asks before it sends. https://docs.aws.amazon.com/AmazonS3/latest/API/RESTOPTIONSobject.html */
export function preflight(request: WireRequest, bucket: Bucket | undefined): WireResponse {
  const { origin } = request.headers;
  const method = request.headers['access-control-request-method'];
  if (origin === undefined || method === undefined) {
    throw s3Error('BadRequest', {}, 'Insufficient information. Origin request header needed.');
  }
  const document = bucket?.configurations.cors;
  if (!document) throw s3Error('AccessForbidden', { Method: method, ResourceType: 'BUCKET' });
  const asked = headerNames(request.headers['access-control-request-headers']);
  const rule = rulesOf(document).find(
    (each) =>
      matches(each.origins, origin) &&
      each.methods.includes(method) &&
      asked.every((name) => matches(each.headers, name, true)),
  );
  if (!rule) {
    const words =
      "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.";
    throw s3Error('AccessForbidden', { Method: method, ResourceType: 'OBJECT' }, words);
  }
  return {
    status: 200,
    headers: {
      ...headersOf(rule, origin),
      ...(asked.length > 0 ? { 'access-control-allow-headers': asked.join(', ') } : {}),
      ...(rule.maxAgeSeconds === undefined ? {} : { 'access-control-max-age': rule.maxAgeSeconds }),
    },
  };
}

/** What lets a page of another origin read an answer; nothing where no rule of the bucket says so. */
export function corsHeaders(request: WireRequest, bucket: Bucket | undefined): Record<string, string> {
  const { origin } = request.headers;
  const document = bucket?.configurations.cors;
  if (origin === undefined || !document) return {};
  const rule = rulesOf(document).find((each) => matches(each.origins, origin) && each.methods.includes(request.method));
  return rule ? headersOf(rule, origin) : {};
}

function headersOf(rule: CorsRule, origin: string): Record<string, string> {
  const isForAll = rule.origins.includes('*');
  return {
    'access-control-allow-origin': isForAll ? '*' : origin,
    'access-control-allow-methods': rule.methods.join(', '),
    ...(rule.exposed.length > 0 ? { 'access-control-expose-headers': rule.exposed.join(', ') } : {}),
    ...(isForAll ? {} : { 'access-control-allow-credentials': 'true' }),
    vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
  };
}

function rulesOf(document: XmlElement): CorsRule[] {
  return childrenOf(document, 'CORSRule').map((rule) => ({
    origins: textsOf(rule, 'AllowedOrigin'),
    methods: textsOf(rule, 'AllowedMethod'),
    headers: textsOf(rule, 'AllowedHeader'),
    exposed: textsOf(rule, 'ExposeHeader'),
    maxAgeSeconds: textOf(rule, 'MaxAgeSeconds'),
  }));
}

const textsOf = (rule: XmlElement, name: string): string[] =>
  childrenOf(rule, name).map(({ text = '' }) => text.trim());

const headerNames = (header: string | undefined): string[] =>
  (header ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter(Boolean);

/** Whether a text is one of the patterns, in which one `*` may stand for anything. */
function matches(patterns: string[], text: string, ignoreCase = false): boolean {
  return patterns.some((pattern) => {
    const [head = '', tail] = (ignoreCase ? pattern.toLowerCase() : pattern).split('*');
    if (tail === undefined) return head === text;
    return text.length >= head.length + tail.length && text.startsWith(head) && text.endsWith(tail);
  });
}
