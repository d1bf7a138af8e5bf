/**
 * S3, as far as a lake needs it: buckets and their settings, objects with versions, multipart uploads, presigned URLs,
 * conditional writes, checksums, browsers' forms, CORS, lifecycles, and events to EventBridge. REST-XML; the front door has
 * checked the signature.
 *
 * Gaps
 * - Refused with NotImplemented: KMS and customer keys, Object Lock, archive storage classes,
 *   static websites, replication, notifications to SQS, SNS and Lambda, Select, torrents.
 * - Lifecycles: no move to an archive class is taken, and EventBridge is not told of moves. Storage classes are labels.
 * - Requests without a signature are refused, but for CORS preflights and forms whose policy is signed: nothing here is
 *   public, whatever a bucket's policy says.
 * - EventBridge is told of objects that come and go, not of tags, restores or storage classes.
 *
 * By design
 * - `Encryption AES256` is what AWS always says of a bucket, and what is said here; bytes at rest are as safe as the
 *   disk that holds them.
 * - A copy is a second name for the same immutable bytes, and keeps its source's ETag and checksum (AWS computes them
 *   anew for what was uploaded in parts); a checksum of another kind is computed where it is asked for. Files that an
 *   engine of the lake made and hands over are not read again: they have no checksum, and beyond 16 MiB no MD5; their
 *   ETag then ends in `-1`.
 * - An upload that was begun without an algorithm takes parts with any checksum, holds them to it, and keeps S3's own
 *   CRC64NVME.
 * - Lifecycles are looked at when the lake starts and every hour; what is due is what is due by the midnight before.
 * - Last-Modified of a multipart upload is when it was completed, not when it began.
 * - A repeated CompleteMultipartUpload is answered like the first, as long as its version is there.
 *
 * Client quirks
 * - aws-chunked bodies come with and without signatures, with trailers, and without the last empty line.
 * - boto3 posts `/bucket?delete`, the JavaScript SDK `/bucket/?delete=`; SDKs add `?x-id=PutObject`, which says nothing.
 * - rclone's provider must be `Other`, since as `AWS` it dials `bucket.127.0.0.1`. s3cmd before 2.4 writes an access
 *   control list after every copy, and reports that it is refused; so it does on AWS.
 * - Presigners put `x-amz-…` headers into the query; they count as headers, but for the checksum of the empty body
 *   that the JavaScript SDK signs into every URL. Chunked uploads say their size in `x-amz-decoded-content-length` only.
 * - `http://localhost` as an endpoint makes SDKs dial `bucket.localhost`: the bucket is read from the host then.
 */

import { restXmlError } from '../../protocol/rest-xml.ts';
import type { Access, Caller, RestService, Unproven, WireRequest, WireResponse } from '../../service.ts';
import type { ServiceContext } from '../../service-context.ts';
import { corsHeaders, preflight } from './cors.ts';
import { detect, place, type Target } from './detect.ts';
import { s3Error, toS3Error } from './errors.ts';
import { postObject } from './form/post-object.ts';
import { Lifecycle } from './lifecycle/lifecycle.ts';
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
  lifecycle: Lifecycle;
  uploads: MultipartUploads;
}

export async function startS3Service(ctx: ServiceContext, options: S3ServiceOptions): Promise<S3Service> {
  const store = await ObjectStore.start({ ctx, folder: options.folder, outbox: options.outbox });
  const uploads = await MultipartUploads.start({ ctx, store, folder: `${options.folder}/uploads` });
  const lifecycle = await Lifecycle.start({ ctx, store, uploads });
  const s3: S3 = { ctx, store, uploads };
  return {
    name: 's3',
    store,
    lifecycle,
    uploads,
    // `arn:aws:s3:::bucket/key`: a bucket's policy speaks of its objects too.
    resourcePolicy: (arn) => store.findBucket(arn.split(':').slice(5).join(':').split('/', 1)[0] ?? '')?.policy,
    handle: (request, caller, unproven) => handle(s3, request, caller, unproven),
    errorHeaders: (request) => corsOf(s3, request),
    close: async () => {
      await lifecycle.close();
      await store.close();
    },
  };
}

async function handle(
  s3: S3,
  wire: WireRequest,
  caller: Caller | undefined,
  unproven: Unproven | undefined,
): Promise<WireResponse> {
  try {
    const target = detect(wire);
    wire.asked = { operation: target.operation, input: { bucketName: target.bucket, key: target.key } };
    if (target.operation === 'OptionsPreflight') return preflight(wire, s3.store.findBucket(target.bucket));
    const answer = await answerFor(s3, wire, target, caller, unproven);
    return wire.headers.origin === undefined
      ? answer
      : { ...answer, headers: { ...answer.headers, ...corsOf(s3, wire) } };
  } catch (cause) {
    const error = toS3Error(cause);
    if (wire.asked) wire.asked.error = { code: error.code, message: error.message };
    if (error.status >= 500) logFailure(s3.ctx, wire, error, caller);
    if (!(error instanceof S3Failure)) throw error;
    const answer = restXmlError(error, wire.path, caller?.requestId ?? '');
    return { ...answer, headers: { ...answer.headers, ...error.headers, ...corsOf(s3, wire) } };
  }
}

/** Who asks is said by the signature, but for a form, which has it in a field. */
async function answerFor(s3: S3, wire: WireRequest, target: Target, caller?: Caller, unproven?: Unproven) {
  if (target.operation === 'PostObject' && !caller && unproven) return postObject(s3, wire, target, unproven);
  if (!caller) throw s3Error('AccessDenied');
  return run(s3, s3Request(wire, target, caller));
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
