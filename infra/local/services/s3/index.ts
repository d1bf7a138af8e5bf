/**
 * S3, as far as a lake needs it: buckets and their settings, objects with versions, multipart uploads, presigned URLs,
 * conditional writes, checksums, CORS, and events to EventBridge. REST-XML; the front door has checked the signature.
 *
 * Gaps
 * - Refused with NotImplemented: KMS and customer keys, Object Lock, ACLs other than the owner's, archive storage
 *   classes, static websites, replication, notifications to SQS, SNS and Lambda, form uploads (POST), Select, torrents.
 * - Lifecycle rules are kept and shown, never carried out. Storage classes are labels.
 * - Requests without a signature are refused but for CORS preflights: nothing here is public, whatever a policy says.
 * - EventBridge is told of objects that come and go, not of tags, restores or storage classes.
 * - GetObjectAttributes tells parts' sizes, not their checksums.
 *
 * By design
 * - `Encryption AES256` is what AWS always says of a bucket, and what is said here; bytes at rest are as safe as the
 *   disk that holds them.
 * - A copy is a second name for the same immutable bytes, and keeps its source's ETag and checksum (AWS computes them
 *   anew for what was uploaded in parts). Files that an engine of the lake made and hands over are not read again for
 *   an MD5 beyond 16 MiB; their ETag then ends in `-1`.
 * - Last-Modified of a multipart upload is when it was completed, not when it began.
 * - A repeated CompleteMultipartUpload is answered like the first, as long as its version is there.
 *
 * Client quirks
 * - aws-chunked bodies come with and without signatures, with trailers, and without the last empty line.
 * - boto3 posts `/bucket?delete`, the JavaScript SDK `/bucket/?delete=`; SDKs add `?x-id=PutObject`, which says nothing.
 * - Presigners put `x-amz-…` headers into the query; they count as headers, but for the checksum of the empty body
 *   that the JavaScript SDK signs into every URL. Chunked uploads say their size in `x-amz-decoded-content-length` only.
 * - `http://localhost` as an endpoint makes SDKs dial `bucket.localhost`: the bucket is read from the host then.
 */

import { restXmlError } from '../../protocol/rest-xml.ts';
import type { Access, Caller, RestService, WireRequest, WireResponse } from '../../service.ts';
import type { ServiceContext } from '../../service-context.ts';
import { corsHeaders, preflight } from './cors.ts';
import { detect, place } from './detect.ts';
import { s3Error, toS3Error } from './errors.ts';
import { MultipartUploads } from './multipart/multipart-uploads.ts';
import type { EventSink } from './object-changes.ts';
import { ObjectStore } from './object-store.ts';
import { OPERATIONS } from './operations.ts';
import { S3Failure } from './s3-failure.ts';
import { type S3, type S3Request, s3Request } from './s3-request.ts';

export { ObjectStore } from './object-store.ts';

export interface S3ServiceOptions {
  folder: string;
  outbox: EventSink;
}

export interface S3Service extends RestService {
  store: ObjectStore;
  uploads: MultipartUploads;
}

export async function startS3Service(ctx: ServiceContext, options: S3ServiceOptions): Promise<S3Service> {
  const store = await ObjectStore.start({ ctx, folder: options.folder, outbox: options.outbox });
  const uploads = await MultipartUploads.start({ ctx, store, folder: `${options.folder}/uploads` });
  const s3: S3 = { ctx, store, uploads };
  return {
    name: 's3',
    store,
    uploads,
    // `arn:aws:s3:::bucket/key`: a bucket's policy speaks of its objects too.
    resourcePolicy: (arn) => store.findBucket(arn.split(':').slice(5).join(':').split('/', 1)[0] ?? '')?.policy,
    handle: (request, caller) => handle(s3, request, caller),
    errorHeaders: (request) => corsOf(s3, request),
    close: () => store.close(),
  };
}

async function handle(s3: S3, wire: WireRequest, caller: Caller | undefined): Promise<WireResponse> {
  try {
    const target = detect(wire);
    if (target.operation === 'OptionsPreflight') return preflight(wire, s3.store.findBucket(target.bucket));
    if (!caller) throw s3Error('AccessDenied');
    const answer = await run(s3, s3Request(wire, target, caller));
    return { ...answer, headers: { ...answer.headers, ...corsOf(s3, wire) } };
  } catch (cause) {
    const error = toS3Error(cause);
    if (error.status >= 500) logFailure(s3.ctx, wire, error, caller);
    if (!(error instanceof S3Failure)) throw error;
    const answer = restXmlError(error, wire.path, caller?.requestId ?? '');
    return { ...answer, headers: { ...answer.headers, ...error.headers, ...corsOf(s3, wire) } };
  }
}

async function run(s3: S3, request: S3Request): Promise<WireResponse> {
  const { operation, bucket, caller, headers } = request;
  const found = Object.hasOwn(OPERATIONS, operation) ? OPERATIONS[operation] : undefined;
  if (!found) {
    s3.ctx.log.warn('unsupported operation', { service: 's3', operation });
    throw s3Error('NotImplemented', {}, `The local lake does not implement s3:${operation}.`);
  }
  // Like S3: whether a bucket exists is no secret, so its absence is told before permissions are.
  if (bucket && operation !== 'CreateBucket') s3.store.buckets.get(bucket);
  for (const access of found.access(request)) authorize(s3, caller, access);
  const expectedOwner = headers['x-amz-expected-bucket-owner'];
  if (expectedOwner !== undefined && expectedOwner !== s3.ctx.account) throw s3Error('AccessDenied');
  return found.run(s3, request);
}

function authorize({ ctx }: S3, { principal }: Caller, access: Access): void {
  ctx.inside.authorize(principal, access);
}

function corsOf({ store }: S3, wire: WireRequest): Record<string, string> {
  if (wire.headers.origin === undefined) return {};
  try {
    return corsHeaders(wire, store.findBucket(place(wire).bucket));
  } catch {
    // A path that cannot be decoded names no bucket.
    return {};
  }
}

function logFailure(ctx: ServiceContext, wire: WireRequest, error: Error, caller: Caller | undefined): void {
  if (error.name === 'NotImplemented') return;
  const { method, path } = wire;
  const cause = error.cause instanceof Error ? error.cause.stack : String(error.cause);
  ctx.log.error('a request to S3 failed', { requestId: caller?.requestId, method, path, error: error.message, cause });
}
