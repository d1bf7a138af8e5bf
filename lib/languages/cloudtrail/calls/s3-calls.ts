import { type CallPlace, type IamCall, textOf } from './iam-call.ts';

/** Operations on objects whose permission has another name than the operation. */
const OBJECT_ACTIONS: Record<string, string> = {
  HeadObject: 'GetObject',
  CreateMultipartUpload: 'PutObject',
  UploadPart: 'PutObject',
  CompleteMultipartUpload: 'PutObject',
  ListParts: 'ListMultipartUploadParts',
  CopyObject: 'PutObject',
  UploadPartCopy: 'PutObject',
  PostObject: 'PutObject',
  SelectObjectContent: 'GetObject',
};

/** The same of buckets. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html */
const BUCKET_ACTIONS: Record<string, string> = {
  HeadBucket: 'ListBucket',
  ListObjects: 'ListBucket',
  ListObjectVersions: 'ListBucketVersions',
  ListMultipartUploads: 'ListBucketMultipartUploads',
  GetBucketCors: 'GetBucketCORS',
  PutBucketCors: 'PutBucketCORS',
  DeleteBucketCors: 'PutBucketCORS',
  GetBucketLifecycle: 'GetLifecycleConfiguration',
  PutBucketLifecycle: 'PutLifecycleConfiguration',
  DeleteBucketLifecycle: 'PutLifecycleConfiguration',
  GetBucketEncryption: 'GetEncryptionConfiguration',
  PutBucketEncryption: 'PutEncryptionConfiguration',
  DeleteBucketEncryption: 'PutEncryptionConfiguration',
  GetBucketReplication: 'GetReplicationConfiguration',
  PutBucketReplication: 'PutReplicationConfiguration',
  DeleteBucketReplication: 'PutReplicationConfiguration',
  DeleteBucketTagging: 'PutBucketTagging',
  DeleteBucketOwnershipControls: 'PutBucketOwnershipControls',
  DeleteBucketPublicAccessBlock: 'PutBucketPublicAccessBlock',
  GetBucketObjectLockConfiguration: 'GetBucketObjectLockConfiguration',
};

/** Permissions that a version which is named has of its own: `GetObjectVersion`. */
const OF_VERSIONS = /^(Get|Put|Delete)Object(?=$|Acl$|Tagging$|Attributes$)/;

export function s3Calls(place: CallPlace): IamCall[] {
  const { record, asked } = place;
  const { eventName } = record;
  const bucket = textOf(asked, 'bucketName');
  const key = keyOf(place);
  if (eventName === 'ListBuckets') return [{ action: 's3:ListAllMyBuckets', resource: '*' }];
  if (!bucket) return [];
  // The records of the single keys that it deleted stand beside it.
  if (eventName === 'DeleteObjects') return [];
  const resource = `${arnOf(place)}${bucket}`;
  if (!key) return [{ action: `s3:${BUCKET_ACTIONS[eventName] ?? eventName}`, resource }];
  const object = `${resource}/${key}`;
  return [
    { action: `s3:${objectAction(eventName, textOf(asked, 'versionId'))}`, resource: object },
    ...besides(place, eventName, object),
  ];
}

/** Of many reads of one scan that stand in one record: all that their keys begin with. */
function keyOf({ record, asked }: CallPlace): string | undefined {
  const { furtherCalls, furtherPrefix } = record.additionalEventData ?? {};
  return furtherCalls && typeof furtherPrefix === 'string' ? `${furtherPrefix}*` : textOf(asked, 'key');
}

function besides(place: CallPlace, eventName: string, object: string): IamCall[] {
  const { asked } = place;
  const versionId = textOf(asked, 'versionId');
  const calls: IamCall[] = [];
  if (eventName === 'GetObjectAttributes')
    calls.push({ action: `s3:${objectAction('GetObject', versionId)}`, resource: object });
  if (textOf(asked, 'x-amz-tagging')) calls.push({ action: 's3:PutObjectTagging', resource: object });
  const source = textOf(asked, 'x-amz-copy-source');
  return source ? [...calls, sourceCall(place, source)] : calls;
}

function sourceCall(place: CallPlace, source: string): IamCall {
  const [path = '', version] = source.split('?versionId=', 2);
  const name = decoded(path).replace(/^\//, '');
  return { action: `s3:${objectAction('GetObject', version)}`, resource: `${arnOf(place)}${name}` };
}

function objectAction(eventName: string, versionId: string | undefined): string {
  const action = OBJECT_ACTIONS[eventName] ?? eventName;
  return versionId === undefined ? action : action.replace(OF_VERSIONS, '$1ObjectVersion');
}

/** Buckets' names are the partition's: their ARNs have neither region nor account. */
function arnOf(place: CallPlace): string {
  return `${place.globalArn('s3').split(':', 3).join(':')}:::`;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
