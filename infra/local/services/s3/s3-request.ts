import type { Access, Caller, WireRequest, WireResponse } from '../../service.ts';
import type { ServiceContext } from '../../service-context.ts';
import type { Target } from './detect.ts';
import { s3Error } from './errors.ts';
import type { Cause } from './events.ts';
import type { MultipartUploads } from './multipart/multipart-uploads.ts';
import type { ObjectStore } from './object-store.ts';
import { parseXml } from './parse-xml.ts';
import { contentOf, payloadOf } from './payload.ts';
import { receive, type Sink } from './receive.ts';
import { printDocument, type XmlElement } from './xml.ts';

/** What operations act on. */
export interface S3 {
  ctx: ServiceContext;
  store: ObjectStore;
  uploads: MultipartUploads;
}

export interface S3Request extends Target {
  wire: WireRequest;
  query: URLSearchParams;
  /** Those of the request, and those that a presigned URL carries in its query. */
  headers: Record<string, string>;
  caller: Caller;
  cause: Cause;
}

export interface S3Operation {
  /** Every permission it needs, for what its headers and query name. */
  access: (request: S3Request) => Access[];
  run: (s3: S3, request: S3Request) => WireResponse | Promise<WireResponse>;
}

export function s3Request(wire: WireRequest, target: Target, caller: Caller): S3Request {
  const { principal, requestId, sourceIp } = caller;
  const cause = { requester: principal.accountId, requestId, sourceIp };
  return { ...target, wire, query: wire.query, headers: headersOf(wire), caller, cause };
}

// The JavaScript SDK signs the checksum of the empty body that it has while it signs; S3 passes over it:
// https://github.com/aws/aws-sdk-js-v3/issues/4448
const NOT_FROM_QUERY = /^x-amz-(checksum-(crc32|crc32c|crc64nvme|sha1|sha256)|sdk-checksum-algorithm)$/;

/** Signers put `x-amz-…` headers into a presigned URL's query, in lower case; the signature's own fields are not. */
function headersOf({ presigned, query, headers }: WireRequest): Record<string, string> {
  if (!presigned) return headers;
  const hoisted = [...query].filter(([name]) => name.startsWith('x-amz-') && !NOT_FROM_QUERY.test(name));
  return hoisted.length === 0 ? headers : { ...Object.fromEntries(hoisted), ...headers };
}

export function xmlAnswer(root: XmlElement, headers: WireResponse['headers'] = {}): WireResponse {
  return { status: 200, headers: { 'content-type': 'application/xml', ...headers }, body: printDocument(root) };
}

export const emptyAnswer = (status: number, headers: WireResponse['headers'] = {}): WireResponse => ({
  status,
  headers,
});

// 10,000 parts with a checksum each, or 1,000 keys of 1,024 bytes, stay below it.
const MAX_DOCUMENT_BYTES = 4 << 20;

/** The XML of a request, held to its digests; `root` is the name its outermost element must have. */
export async function readDocument(request: S3Request, root: string): Promise<XmlElement> {
  const text = await readText(request);
  if (text === '') throw s3Error('MissingRequestBodyError');
  const document = parseXml(text);
  if (document.name !== root) throw s3Error('MalformedXML');
  return document;
}

export async function readText({ wire, headers }: S3Request, limitBytes = MAX_DOCUMENT_BYTES): Promise<string> {
  const sink = new MemorySink(limitBytes);
  await receive(contentOf(wire), sink, payloadOf(headers));
  return sink.text();
}

class MemorySink implements Sink {
  readonly #limitBytes: number;
  readonly #chunks: Uint8Array[] = [];
  #sizeBytes = 0;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  collect(chunk: Uint8Array): boolean {
    this.#sizeBytes += chunk.length;
    if (this.#sizeBytes > this.#limitBytes) throw s3Error('MaxMessageLengthExceeded');
    this.#chunks.push(chunk);
    return true;
  }

  async write(): Promise<void> {}
  async finish(): Promise<void> {}
  async settle(): Promise<void> {}

  text(): string {
    return Buffer.concat(this.#chunks).toString('utf8');
  }
}

/** A whole number of the query; S3 says which one is wrong. */
export function integerOf(query: URLSearchParams, name: string, otherwise: number, max = 2 ** 31 - 1): number {
  const text = query.get(name);
  if (text === null || text === '') return otherwise;
  const value = /^-?\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= 0 && value <= max)) {
    throw s3Error(
      'InvalidArgument',
      { ArgumentName: name, ArgumentValue: text },
      `Argument ${name} must be an integer between 0 and ${max}`,
    );
  }
  return value;
}
