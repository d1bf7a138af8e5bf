import type { Access } from '../../service.ts';
import type { S3Request } from './s3-request.ts';

/**
 * Which IAM actions an operation needs, on which resource, with which condition keys:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 */

export const bucketArn = (bucket: string): string => `arn:aws:s3:::${bucket}`;
const objectArn = (bucket: string, key: string): string => `arn:aws:s3:::${bucket}/${key}`;

export function onBucket(action: string): (request: S3Request) => Access[] {
  return (request) => [bucketAccess(`s3:${action}`, request)];
}

export function onObject(action: string): (request: S3Request) => Access[] {
  return (request) => [objectAccess(`s3:${action}`, request.key, request)];
}

export const bucketAccess = (action: string, request: S3Request): Access =>
  accessTo(bucketArn(request.bucket), action, request);

export const objectAccess = (action: string, key: string, request: S3Request): Access =>
  accessTo(objectArn(request.bucket, key), action, request);

function accessTo(resource: string, action: string, request: S3Request): Access {
  return {
    action,
    resource,
    // Few policies have a condition that asks for it.
    get context() {
      return contextOf(request);
    },
  };
}

/** Reading, tagging and deleting have an action of their own for a version that is named: `GetObjectVersion`. */
export function onVersion(action: string): (request: S3Request) => Access[] {
  return (request) => {
    const name = request.query.get('versionId') === null ? action : versionAction(action);
    return onObject(name)(request);
  };
}

const versionAction = (action: string): string => action.replace(/Object(?=$|Acl|Tagging|Attributes)/, 'ObjectVersion');

/** Reading the object that `x-amz-copy-source` names. */
export function onSource(source: { bucket: string; key: string; versionId?: string }, request: S3Request): Access {
  const action = source.versionId === undefined ? 's3:GetObject' : 's3:GetObjectVersion';
  return accessTo(objectArn(source.bucket, source.key), action, request);
}

const QUERY_KEYS: Record<string, string> = {
  prefix: 's3:prefix',
  delimiter: 's3:delimiter',
  'max-keys': 's3:max-keys',
  versionId: 's3:VersionId',
};

const HEADER_KEYS = [
  'x-amz-acl',
  'x-amz-copy-source',
  'x-amz-metadata-directive',
  'x-amz-server-side-encryption',
  'x-amz-storage-class',
  'x-amz-content-sha256',
];

function contextOf({ query, headers, wire, operation }: S3Request): Record<string, string | string[]> {
  const context: Record<string, string | string[]> = {
    's3:authType': operation === 'PostObject' ? 'POST' : wire.presigned ? 'REST-QUERY-STRING' : 'REST-HEADER',
    's3:signatureversion': 'AWS4-HMAC-SHA256',
  };
  for (const [name, key] of Object.entries(QUERY_KEYS)) {
    const value = query.get(name);
    if (value !== null) context[key] = value;
  }
  for (const name of HEADER_KEYS) {
    const value = headers[name];
    if (value !== undefined) context[`s3:${name}`] = value;
  }
  for (const name of ['if-match', 'if-none-match']) {
    const value = headers[name];
    if (value !== undefined) context[`s3:${name}`] = value;
  }
  return { ...context, ...tagContext(headers['x-amz-tagging']) };
}

function tagContext(tagging: string | undefined): Record<string, string | string[]> {
  if (!tagging) return {};
  const tags = [...new URLSearchParams(tagging)];
  return {
    's3:RequestObjectTagKeys': tags.map(([key]) => key),
    ...Object.fromEntries(tags.map(([key, value]) => [`s3:RequestObjectTag/${key}`, value])),
  };
}
