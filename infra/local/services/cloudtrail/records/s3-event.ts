/** S3's calls as CloudTrail names them. https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-s3-info.html */
import type { SeenCall } from '../../../recorder.ts';
import { type EventPlace, isReadOnly, type TrailEvent, type TrailResource } from './event.ts';

const NAMES: Record<string, string> = {
  ListObjectsV2: 'ListObjects',
  GetBucketLifecycleConfiguration: 'GetBucketLifecycle',
  PutBucketLifecycleConfiguration: 'PutBucketLifecycle',
  GetBucketNotificationConfiguration: 'GetBucketNotification',
  PutBucketNotificationConfiguration: 'PutBucketNotification',
  GetBucketAccelerateConfiguration: 'GetAccelerateConfiguration',
  PutBucketAccelerateConfiguration: 'PutAccelerateConfiguration',
  GetPublicAccessBlock: 'GetBucketPublicAccessBlock',
  PutPublicAccessBlock: 'PutBucketPublicAccessBlock',
  DeletePublicAccessBlock: 'DeleteBucketPublicAccessBlock',
  GetObjectLockConfiguration: 'GetBucketObjectLockConfiguration',
};
/** Permissions that services use for somebody, as the operations that use them. */
const OF_ACTIONS: Record<string, string> = { ListBucket: 'ListObjects', GetObjectVersion: 'GetObject' };
/** On a bucket, and yet about its objects. */
const LISTS = new Set(['HeadBucket', 'ListObjects', 'ListObjectVersions', 'ListMultipartUploads', 'DeleteObjects']);
/** Headers that say what was asked, and no more than that. */
const HEADERS = [
  'x-amz-copy-source',
  'x-amz-acl',
  'x-amz-storage-class',
  'x-amz-server-side-encryption',
  'x-amz-tagging',
  'x-amz-metadata-directive',
  'if-match',
  'if-none-match',
  'range',
];

interface S3Input {
  bucketName: string;
  key?: string;
  deleted?: { key: string; versionId?: string }[];
}

export function s3Event(call: SeenCall, place: EventPlace): TrailEvent[] {
  const { operation } = call.asked;
  const input = inputOf(call);
  const eventName = call.access ? (OF_ACTIONS[operation] ?? operation) : (NAMES[operation] ?? operation);
  const event = eventOn(eventName, input, { ...input, ...wireParameters(call), deleted: undefined }, place);
  const single = input.deleted?.map(({ key, versionId }) => {
    const one = { bucketName: input.bucketName, key };
    return eventOn('DeleteObject', one, { ...one, versionId }, place);
  });
  return [event, ...(single ?? [])];
}

function eventOn(
  eventName: string,
  { bucketName, key }: S3Input,
  parameters: Record<string, unknown>,
  { account }: EventPlace,
): TrailEvent {
  const isList = LISTS.has(eventName);
  return {
    eventName,
    isData: isList || Boolean(key) || eventName === 'PostObject',
    readOnly: isReadOnly(eventName),
    parameters: { ...parameters, key: key || undefined },
    resources: bucketName ? resourcesOn(bucketName, key, parameters, isList, account) : [],
  };
}

function resourcesOn(
  bucketName: string,
  key: string | undefined,
  { prefix = '' }: Record<string, unknown>,
  isList: boolean,
  accountId: string,
): TrailResource[] {
  const ARN = `arn:aws:s3:::${bucketName}`;
  const bucket = { type: 'AWS::S3::Bucket', ARN, accountId };
  if (key) return [{ type: 'AWS::S3::Object', ARN: `${ARN}/${key}` }, bucket];
  return isList ? [{ type: 'AWS::S3::Object', ARNPrefix: `${ARN}/${String(prefix)}` }, bucket] : [bucket];
}

/** `arn:aws:s3:::bucket/key`, where a service used a permission; else what S3 made of the request. */
function inputOf({ access, asked }: SeenCall): S3Input {
  if (!access) return asked.input as S3Input;
  const path = access.resource.split(':').slice(5).join(':');
  const slash = path.indexOf('/');
  return slash < 0 ? { bucketName: path } : { bucketName: path.slice(0, slash), key: path.slice(slash + 1) };
}

function wireParameters({ wire }: SeenCall): Record<string, unknown> {
  if (!wire) return {};
  const { query, headers } = wire;
  // The signature is what lets whoever has the address in; its dates and lengths say nothing.
  const asked = [...query].filter(
    ([name]) => !/^(x-amz-(?!acl|tagging|copy-source|storage-class)|x-id$|awsaccesskeyid$|signature$)/i.test(name),
  );
  const said = HEADERS.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]] as const]));
  return { Host: headers.host, ...Object.fromEntries(asked), ...Object.fromEntries(said) };
}
