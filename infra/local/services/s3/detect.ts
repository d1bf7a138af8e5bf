import type { WireRequest } from '../../service.ts';
import { s3Error } from './errors.ts';

/** What a request wants, and of what; `bucket` and `key` are empty where the operation has none. */
export interface Target {
  operation: string;
  bucket: string;
  key: string;
}

type Methods = Partial<Record<string, string>>;

const configuration = (name: string): Methods => ({ GET: `Get${name}`, PUT: `Put${name}`, DELETE: `Delete${name}` });

/** S3 tells operations on a bucket apart by a word in the query. Known whether or not we implement them. */
const BUCKET_SUBRESOURCES: Record<string, Methods> = {
  accelerate: configuration('BucketAccelerateConfiguration'),
  acl: configuration('BucketAcl'),
  analytics: configuration('BucketAnalyticsConfiguration'),
  cors: configuration('BucketCors'),
  delete: { POST: 'DeleteObjects' },
  encryption: configuration('BucketEncryption'),
  'intelligent-tiering': configuration('BucketIntelligentTieringConfiguration'),
  inventory: configuration('BucketInventoryConfiguration'),
  lifecycle: {
    GET: 'GetBucketLifecycleConfiguration',
    PUT: 'PutBucketLifecycleConfiguration',
    DELETE: 'DeleteBucketLifecycle',
  },
  location: { GET: 'GetBucketLocation' },
  logging: configuration('BucketLogging'),
  metadataTable: configuration('BucketMetadataTableConfiguration'),
  metrics: configuration('BucketMetricsConfiguration'),
  notification: configuration('BucketNotificationConfiguration'),
  'object-lock': configuration('ObjectLockConfiguration'),
  ownershipControls: configuration('BucketOwnershipControls'),
  policy: configuration('BucketPolicy'),
  policyStatus: configuration('BucketPolicyStatus'),
  publicAccessBlock: configuration('PublicAccessBlock'),
  replication: configuration('BucketReplication'),
  requestPayment: configuration('BucketRequestPayment'),
  session: { GET: 'CreateSession' },
  tagging: configuration('BucketTagging'),
  uploads: { GET: 'ListMultipartUploads' },
  versioning: { GET: 'GetBucketVersioning', PUT: 'PutBucketVersioning' },
  versions: { GET: 'ListObjectVersions' },
  website: configuration('BucketWebsite'),
};

const OBJECT_SUBRESOURCES: Record<string, Methods> = {
  acl: configuration('ObjectAcl'),
  attributes: { GET: 'GetObjectAttributes' },
  'legal-hold': configuration('ObjectLegalHold'),
  renameObject: { PUT: 'RenameObject' },
  restore: { POST: 'RestoreObject' },
  retention: configuration('ObjectRetention'),
  select: { POST: 'SelectObjectContent' },
  tagging: configuration('ObjectTagging'),
  torrent: { GET: 'GetObjectTorrent' },
  uploadId: { GET: 'ListParts', PUT: 'UploadPart', POST: 'CompleteMultipartUpload', DELETE: 'AbortMultipartUpload' },
  uploads: { POST: 'CreateMultipartUpload' },
};

const OF_BUCKETS = Object.entries(BUCKET_SUBRESOURCES);
const OF_OBJECTS = Object.entries(OBJECT_SUBRESOURCES);

/** Names the operation: https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html */
export function detect(request: WireRequest): Target {
  const { bucket, key } = place(request);
  if (request.method === 'OPTIONS') return { operation: 'OptionsPreflight', bucket, key };
  return { operation: operationOf(request, bucket, key), bucket, key };
}

function operationOf({ method, query, headers }: WireRequest, bucket: string, key: string): string {
  if (!bucket) return method === 'GET' ? 'ListBuckets' : methodNotAllowed(method);
  const subresources = key ? OF_OBJECTS : OF_BUCKETS;
  for (const [name, methods] of query.size === 0 ? [] : subresources) {
    if (!query.has(name)) continue;
    const operation = methods[method] ?? methodNotAllowed(method);
    return operation === 'UploadPart' && headers['x-amz-copy-source'] !== undefined ? 'UploadPartCopy' : operation;
  }
  const plain: Methods = key
    ? { GET: 'GetObject', HEAD: 'HeadObject', PUT: 'PutObject', DELETE: 'DeleteObject' }
    : { GET: 'ListObjects', HEAD: 'HeadBucket', PUT: 'CreateBucket', DELETE: 'DeleteBucket', POST: 'PostObject' };
  const operation = plain[method] ?? methodNotAllowed(method);
  if (operation === 'ListObjects' && query.get('list-type') === '2') return 'ListObjectsV2';
  return operation === 'PutObject' && headers['x-amz-copy-source'] !== undefined ? 'CopyObject' : operation;
}

/** The bucket and key of a request, whose bucket is the first part of the path or of the host's name. */
export function place({ path, headers }: Pick<WireRequest, 'path' | 'headers'>): { bucket: string; key: string } {
  const bare = path.replace(/^\//, '');
  const bucket = virtualBucket(headers.host);
  if (bucket) return { bucket, key: decode(bare) };
  const slash = bare.indexOf('/');
  return slash < 0
    ? { bucket: decode(bare), key: '' }
    : { bucket: decode(bare.slice(0, slash)), key: decode(bare.slice(slash + 1)) };
}

/** `bucket.localhost` is what SDKs dial when their endpoint is `http://localhost`. */
function virtualBucket(host: string | undefined): string | undefined {
  return /^(?!s3\.localhost)(.+?)\.(?:s3\.)?localhost(?::\d+)?$/.exec(host ?? '')?.[1];
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw s3Error('InvalidURI');
  }
}

function methodNotAllowed(method: string): never {
  throw s3Error('MethodNotAllowed', { Method: method });
}
