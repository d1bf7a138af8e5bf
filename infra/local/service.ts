/**
 * What every service of the local lake is made of.
 *
 * A request travels: bytes → `dispatch` (which service, which operation) → `sigv4` (who) → policy (may they) →
 * the operation (validate, act on state or engine) → codec → bytes. A service that speaks AWS JSON or the query
 * protocol is a table of operations; S3 and Lambda, whose operations are told apart by method and path, answer the
 * request themselves. Services call each other through `Lake.call`, which is the same path without the bytes.
 */
import type { KeyObject } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { z } from 'zod';
import type { FileBytes } from './protocol/file-bytes.ts';
import type { LentBytes } from './protocol/lent-bytes.ts';
import type { SignedText } from './protocol/sigv4.ts';
import type { Asked } from './recorder.ts';

/** Who asks. `Root` is the account's own key; `Service` is AWS itself (an event rule, a crawler's scheduler). */
export interface Principal {
  type: 'Root' | 'User' | 'AssumedRole' | 'Service';
  /** `arn:aws:iam::…:root`, `arn:aws:iam::…:user/NAME`, `arn:aws:sts::…:assumed-role/ROLE/SESSION`. */
  arn: string;
  accountId: string;
  /** AWS's unique id (`AIDA…`, `AROA…:SESSION`); shown by GetCallerIdentity. */
  userId: string;
  /** The role's name, for an assumed role. */
  roleName?: string;
  sessionName?: string;
  /** The policy (JSON) that narrows this session, if AssumeRole was given one. */
  sessionPolicy?: string;
}

/** One request's circumstances. */
export interface Caller {
  principal: Principal;
  requestId: string;
  sourceIp: string;
  userAgent?: string;
  /** Aborted when the client goes away. */
  signal: AbortSignal;
}

/** A request's circumstances before it is known who asks; a form says it in its body, where the service finds it. */
export interface Unproven extends Omit<Caller, 'principal'> {
  /** Who signed a text; throws what the service answers where nobody did. */
  signerOf(signed: SignedText): Principal;
}

/** One permission that an operation needs: an IAM action on one resource ARN (`*` where AWS knows no resource). */
export interface Access {
  action: string;
  resource: string;
  /** Condition keys of this request (`s3:prefix`, …), beside the global ones that the evaluator adds. */
  context?: Record<string, string | string[]>;
}

/**
 * One operation of an AWS JSON or query service.
 * `access` lists every permission needed; an empty list is only for what AWS itself leaves open (GetCallerIdentity).
 */
export interface Operation<I = unknown, O = unknown> {
  input: z.ZodType<I>;
  access: (input: I, caller: Caller) => Access[];
  run: (input: I, caller: Caller) => O | Promise<O>;
}

/** Types one operation from its schema, so that a table of operations stays a plain record. */
export function operation<I, O>(definition: Operation<I, O>): Operation {
  return definition as Operation;
}

export type Protocol = 'json-1.0' | 'json-1.1' | 'query';

export interface OperationService {
  /** SigV4 signing name: `athena`, `glue`, `states`, `events`, `iam`, `sts`. */
  name: string;
  protocol: Protocol;
  /** Before the dot of `X-Amz-Target` (`AmazonAthena`, `AWSGlue`, `AWSStepFunctions`). JSON protocols only. */
  targetPrefix?: string;
  /** The API version of the query protocol, e.g. `2010-05-08` for IAM; names the XML namespace of answers. */
  xmlNamespace?: string;
  /** The error code for input that breaks the schema, where it is not ValidationException (query: ValidationError). */
  validationError?: string;
  operations: Record<string, Operation>;
  resourcePolicy?: ResourcePolicyOf;
  close?(): Promise<void>;
}

/** The policy (JSON) attached to a resource itself, as a bucket's; it is evaluated beside the principal's own. */
export type ResourcePolicyOf = (resourceArn: string) => string | undefined;

/** A request as it came: path and query undecoded, headers in lower case, body not yet read. */
export interface WireRequest {
  method: string;
  /** Raw path with its percent-encoding, without the query: `/bucket/a%20b`. */
  path: string;
  /** Raw query without the `?`. */
  rawQuery: string;
  query: URLSearchParams;
  headers: Record<string, string>;
  body: Readable;
  /** True when the request was authenticated by a presigned URL. */
  presigned: boolean;
  /** What the signed chunks of an `aws-chunked` body (`STREAMING-AWS4-HMAC-SHA256-PAYLOAD…`) are verified with. */
  signing?: { key: KeyObject; scope: string; date: string; signature: string };
  /** What the request turned out to ask for; the service that answers it says so, for the trail. */
  asked?: Asked;
}

export interface WireResponse {
  status: number;
  headers?: Record<string, string | number | string[]>;
  body?: Readable | FileBytes | LentBytes | Uint8Array | string;
}

export interface RestService {
  name: string;
  /** `caller` is undefined for a request without a signature (S3 answers CORS preflights and signed forms alone). */
  handle(request: WireRequest, caller: Caller | undefined, unproven?: Unproven): Promise<WireResponse>;
  /** Headers that also belong on the answer to a request that failed before it came here (S3: CORS). */
  errorHeaders?(request: WireRequest): Record<string, string>;
  /** What `CallInside.call` may run, for a service whose wire is REST. */
  operations?: Record<string, Operation>;
  resourcePolicy?: ResourcePolicyOf;
  close?(): Promise<void>;
}

export type Service = OperationService | RestService;

/**
 * An error in AWS's own shape: `code` is the exception's name on the wire, `status` its HTTP status.
 * `details` are further members of the modelled error (`AthenaErrorCode`, …).
 */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;
  readonly details: Record<string, unknown> | undefined;
  constructor(code: string, message: string, status = 400, details?: Record<string, unknown>) {
    super(message);
    this.name = code;
    this.code = code;
    this.status = status;
    this.details = details;
  }
}

/** Structured log line of the lake: one JSON object a line on stderr, never a secret in it. */
export interface Log {
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
  error(message: string, fields?: Record<string, unknown>): void;
}

/** What the front door offers to services, so that they can call each other as a role. */
export interface CallInside {
  /** Runs another service's operation as `principal`, authorised like a request from outside. */
  call<O = unknown>(service: string, operation: string, input: unknown, principal: Principal): Promise<O>;
  /** Throws AWS's AccessDenied naming principal, action and resource unless the policies allow it. */
  authorize(principal: Principal, access: Access): void;
  /** The principal that a service acts as when it uses a role that was given to it; throws where its trust forbids. */
  asRole(roleArn: string, service: string, sessionName: string): Principal;
}
