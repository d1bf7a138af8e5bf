/**
 * From bytes to an operation and back: which service (`route`), who (`sigv4`), may they (policy), run, encode.
 * Nothing that a request brings may end the process: every failure becomes the answer its service family has for it.
 */
import type { Identities, Identity } from './identities.ts';
import { errorFields } from './log.ts';
import { type Authorize, findOperation, runOperation, unsupported } from './operations.ts';
import { decodeJson, jsonAnswer, jsonError } from './protocol/aws-json.ts';
import { IncomingRequest } from './protocol/incoming-request.ts';
import { decodeQuery, queryAnswer, queryError } from './protocol/query.ts';
import { RequestBody, readBody } from './protocol/request-body.ts';
import { send } from './protocol/response.ts';
import { restXmlError } from './protocol/rest-xml.ts';
import { SignatureError, signatureAnswer } from './protocol/signature-error.ts';
import {
  readClaim,
  type SignatureClaim,
  type SignedText,
  type Signing,
  sha256,
  textClaim,
  verifySignature,
  verifyText,
} from './protocol/sigv4.ts';
import { failureOf, type Recorder } from './recorder.ts';
import { authFamily, type Route, route } from './route.ts';
import type { Handler } from './server.ts';
import {
  AwsError,
  type Caller,
  type Log,
  type Principal,
  type Service,
  type WireRequest,
  type WireResponse,
} from './service.ts';

export interface DispatchOptions {
  services: Map<string, Service>;
  identities: Identities;
  authorize: Authorize;
  recorder: Recorder;
  region: string;
  /** Named in the sentence about a full disk. */
  dataFolder: string;
  log: Log;
  clock: () => number;
  newId: () => string;
}

/** The largest inputs are Glue job graphs and policy documents; AWS itself stops at 1 MB for most services. */
const OPERATION_BYTES_MAX = 10 * 1024 * 1024;
/** A Lambda package travels as base64 in JSON: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const REST_BYTES_MAX = 72 * 1024 * 1024;
/** IAM and STS are one for all regions: https://docs.aws.amazon.com/general/latest/gr/iam-service.html */
const GLOBAL_SERVICES = new Set(['iam', 'sts']);
const NULL_NAMESPACE = 'http://webservices.amazon.com/AWSFault/2005-15-09';

interface Exchange {
  request: IncomingRequest;
  requestId: string;
  signal: AbortSignal;
  sourceIp: string;
  found: Route;
  /** Who asks, once it is proven, and with which key. */
  principal?: Principal;
  accessKeyId?: string;
}

export class Dispatch {
  readonly #options: DispatchOptions;

  constructor(options: DispatchOptions) {
    this.#options = options;
  }

  readonly handle: Handler = (incoming, response, askForBody) => {
    const requestId = this.#options.newId();
    const gone = new AbortController();
    const request = new IncomingRequest(incoming, askForBody);
    response.once('close', () => {
      if (!response.writableFinished) gone.abort(new Error('the client went away'));
      request.dropBody();
    });
    void this.#answer(request, requestId, gone.signal, incoming.socket?.remoteAddress ?? '')
      .then((answer) => send(response, answer, request.method))
      .catch((error: unknown) => {
        this.#options.log.error('an answer could not be sent', { requestId, ...errorFields(error) });
        response.destroy();
      });
  };

  async #answer(
    request: IncomingRequest,
    requestId: string,
    signal: AbortSignal,
    sourceIp: string,
  ): Promise<WireResponse> {
    const found = route(request, undefined, this.#options.services);
    const exchange: Exchange = { request, requestId, signal, sourceIp: sourceIp.replace(/^::ffff:/, ''), found };
    try {
      // A browser asks leave before it sends (CORS): the address is signed for what follows, not for the question.
      const claim = request.method === 'OPTIONS' ? undefined : readClaim(request);
      exchange.found = route(request, claim, this.#options.services);
      const answer = await this.#run(exchange, claim);
      this.#record(exchange, answer);
      return withRequestId(exchange, answer);
    } catch (error) {
      const failure = this.#toAwsError(exchange, error);
      if (request.asked) request.asked.error ??= failureOf(failure);
      this.#record(exchange);
      return withRequestId(exchange, this.#encodeError(exchange, failure));
    }
  }

  /** Whoever did not prove who they are has asked for nothing yet. */
  #record({ request, requestId, sourceIp, found, principal, accessKeyId }: Exchange, answer?: WireResponse): void {
    const { asked, query, headers, presigned: isPresigned } = request;
    if (!principal || !asked || !found.service) return;
    this.#options.recorder.record({
      atMs: this.#options.clock(),
      principal,
      accessKeyId,
      requestId,
      sourceIp,
      userAgent: headers['user-agent'],
      service: found.service.name,
      asked,
      wire: {
        query,
        headers,
        isPresigned,
        receivedBytes: Number(headers['content-length'] ?? 0),
        sentBytes: Number(answer?.headers?.['content-length'] ?? 0),
      },
    });
  }

  async #run(exchange: Exchange, claim: SignatureClaim | undefined): Promise<WireResponse> {
    const { request, found } = exchange;
    const bytes = found.type === 'rest' && found.name === 's3' ? undefined : await this.#readWhole(request, found);
    const identity = claim && this.#authenticate(request, claim, found, bytes);
    const circumstances = circumstancesOf(exchange);
    const caller = identity && { ...circumstances, principal: identity.principal };
    exchange.principal = identity?.principal;
    exchange.accessKeyId = claim?.accessKeyId;
    if (found.type === 'rest') {
      if (!found.service) throw this.#refuse(undefined, `${request.method} ${found.name} ${request.path}`);
      const signerOf = (signed: SignedText) => this.#signerOf(signed, exchange);
      return found.service.handle(request, caller, { ...circumstances, signerOf });
    }
    if (!caller) throw new SignatureError('missing');
    return found.type === 'json'
      ? this.#runJson(found, request, bytes ?? Buffer.alloc(0), caller)
      : this.#runQuery(found, request, bytes ?? Buffer.alloc(0), caller);
  }

  async #runJson(
    found: Route & { type: 'json' },
    request: WireRequest,
    bytes: Buffer,
    caller: Caller,
  ): Promise<WireResponse> {
    const { service, operation, contentType } = found;
    if (!service || !findOperation(service, operation)) throw this.#refuse(service, operation);
    return jsonAnswer(await this.#runOperation(service, operation, request, decodeJson(bytes), caller), contentType);
  }

  async #runOperation(
    service: Service,
    operation: string,
    request: WireRequest,
    input: unknown,
    caller: Caller,
  ): Promise<unknown> {
    const asked: WireRequest['asked'] = { operation, input };
    request.asked = asked;
    asked.output = await runOperation(service, operation, input, caller, this.#options.authorize);
    return asked.output;
  }

  async #runQuery(
    found: Route & { type: 'query' },
    request: WireRequest,
    bytes: Buffer,
    caller: Caller,
  ): Promise<WireResponse> {
    const { service, name } = found;
    const form = request.method === 'GET' ? request.query : new URLSearchParams(bytes.toString('utf8'));
    const action = form.get('Action') ?? '';
    if (!action) throw new AwsError('MissingAction', 'The request is missing an action or a required parameter.');
    if (!service || !findOperation(service, action))
      throw this.#refuse(service, service ? action : `${name}:${action}`);
    const output = await this.#runOperation(service, action, request, decodeQuery(form), caller);
    return queryAnswer(action, output, service.xmlNamespace ?? NULL_NAMESPACE, caller.requestId);
  }

  async #readWhole(request: WireRequest, found: Route): Promise<Buffer> {
    const bytes = await readBody(request.body, found.type === 'rest' ? REST_BYTES_MAX : OPERATION_BYTES_MAX);
    if (found.type === 'rest') request.body = RequestBody.from([bytes]);
    return bytes;
  }

  /** Proves the claim; for S3 the body is still to come, and proves itself while it is read. */
  #authenticate(request: IncomingRequest, claim: SignatureClaim, found: Route, bytes: Buffer | undefined): Identity {
    const identity = this.#options.identities.find(claim.accessKeyId, claim.sessionToken);
    this.#checkScope(claim, found);
    const declared = request.headers['x-amz-content-sha256'] ?? request.query.get('X-Amz-Content-Sha256');
    const payloadHash = bytes ? sha256(bytes) : (declared ?? 'UNSIGNED-PAYLOAD');
    if (!bytes && !declared && !claim.presigned) {
      throw new AwsError('MissingSecurityHeader', 'Your request was missing a required header: x-amz-content-sha256');
    }
    const signing = verify(request, claim, identity.secret, payloadHash, this.#options.clock());
    if (!bytes) requireSignedHeaders(request, claim);
    if (!bytes && /^[0-9a-f]{64}$/.test(payloadHash)) request.expectSha256(payloadHash);
    request.presigned = claim.presigned;
    request.signing = signing;
    return identity;
  }

  #signerOf(signed: SignedText, exchange: Exchange): Principal {
    const { found } = exchange;
    try {
      const claim = textClaim(signed);
      const identity = this.#options.identities.find(claim.accessKeyId, signed.sessionToken);
      this.#checkScope(claim, found);
      verifyText(signed, claim, identity.secret);
      exchange.principal = identity.principal;
      exchange.accessKeyId = claim.accessKeyId;
      return identity.principal;
    } catch (error) {
      throw error instanceof SignatureError ? signatureAnswer(error, authFamily(found)) : error;
    }
  }

  #checkScope(claim: SignatureClaim, found: Route): void {
    const { region } = this.#options;
    if (claim.region !== region && !GLOBAL_SERVICES.has(claim.service)) {
      throw new SignatureError('wrongRegion', undefined, { found: claim.region, expected: region });
    }
    const expected = found.service?.name;
    if (expected && expected !== claim.service) throw new SignatureError('wrongService', undefined, { expected });
  }

  #refuse(service: Service | undefined, name: string): AwsError {
    this.#options.log.warn('unsupported operation', { service: service?.name, operation: name });
    return unsupported(service, name);
  }

  #toAwsError({ found, requestId }: Exchange, error: unknown): AwsError {
    if (error instanceof AwsError) return error;
    if (error instanceof SignatureError) return signatureAnswer(error, authFamily(found));
    const { log, dataFolder } = this.#options;
    log.error('a request failed', { requestId, service: found.service?.name, ...errorFields(error) });
    if (isDiskFull(error)) {
      return new AwsError(
        'ServiceUnavailable',
        `No space left on device: free some space where ${dataFolder} is kept, and retry.`,
        503,
      );
    }
    const isS3 = found.type === 'rest' && found.name === 's3';
    return new AwsError(
      isS3 ? 'InternalError' : 'InternalFailure',
      `We encountered an internal error (request ${requestId}). Please try again.`,
      500,
    );
  }

  #encodeError(exchange: Exchange, error: AwsError): WireResponse {
    const answer = this.#encode(exchange, error);
    // Who stopped sending may begin again in the middle of what the next request would be read from.
    if (error.code !== 'RequestTimeout') return answer;
    return { ...answer, headers: { ...answer.headers, connection: 'close' } };
  }

  #encode({ found, request, requestId }: Exchange, error: AwsError): WireResponse {
    if (found.type === 'query') return queryError(error, found.service?.xmlNamespace ?? NULL_NAMESPACE, requestId);
    if (found.type === 'json') return jsonError(error, found.contentType);
    if (found.name !== 's3') return jsonError(error, 'application/json');
    const answer = restXmlError(error, request.path, requestId);
    return { ...answer, headers: { ...answer.headers, ...found.service?.errorHeaders?.(request) } };
  }
}

function verify(
  request: WireRequest,
  claim: SignatureClaim,
  secret: string,
  payloadHash: string,
  now: number,
): Signing {
  try {
    return verifySignature(request, claim, secret, payloadHash, now);
  } catch (error) {
    if (error instanceof SignatureError) error.facts.accessKeyId = claim.accessKeyId;
    throw error;
  }
}

/** S3 wants every `x-amz-` header signed: https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html */
function requireSignedHeaders(request: WireRequest, claim: SignatureClaim): void {
  const unsigned = Object.keys(request.headers).filter(
    (name) => name.startsWith('x-amz-') && name !== 'x-amz-content-sha256' && !claim.signedHeaders.includes(name),
  );
  if (unsigned.length > 0) throw new SignatureError('unsignedHeaders', undefined, { headers: unsigned.join(', ') });
}

function circumstancesOf({ request, requestId, signal, sourceIp }: Exchange): Omit<Caller, 'principal'> {
  return {
    requestId,
    sourceIp,
    userAgent: request.headers['user-agent'],
    signal,
  };
}

function withRequestId({ found, requestId }: Exchange, response: WireResponse): WireResponse {
  const name = found.type === 'rest' && found.name === 's3' ? 'x-amz-request-id' : 'x-amzn-requestid';
  return { ...response, headers: { ...response.headers, [name]: requestId } };
}

function isDiskFull(error: unknown): boolean {
  return (
    error instanceof Error &&
    ((error as NodeJS.ErrnoException).code === 'ENOSPC' || /no space left on device/i.test(error.message))
  );
}
