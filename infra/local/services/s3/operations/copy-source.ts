import { decideRead, failed, readConditionsOf } from '../conditions.ts';
import { s3Error } from '../errors.ts';
import type { ObjectVersion } from '../object-version.ts';
import type { S3, S3Request } from '../s3-request.ts';

export interface CopySource {
  bucket: string;
  key: string;
  versionId?: string;
}

/** `bucket/key?versionId=…`, URL-encoded, with or without a slash before it. */
export function copySourceOf({ headers }: S3Request): CopySource {
  const [path = '', query] = (headers['x-amz-copy-source'] ?? '').replace(/^\//, '').split(/\?(?=versionId=[^/]*$)/);
  const decoded = decode(path);
  const slash = decoded.indexOf('/');
  if (slash <= 0 || slash === decoded.length - 1 || decoded.startsWith('arn:')) {
    throw s3Error(
      'InvalidArgument',
      { ArgumentName: 'x-amz-copy-source', ArgumentValue: 'x-amz-copy-source' },
      'Copy Source must mention the source bucket and key: sourcebucket/sourcekey',
    );
  }
  const versionId = query?.slice('versionId='.length);
  return { bucket: decoded.slice(0, slash), key: decoded.slice(slash + 1), versionId: versionId || undefined };
}

/** The version that is to be copied, if it meets the request's conditions. */
export function findSource({ store }: S3, request: S3Request): ObjectVersion {
  const { bucket, key, versionId } = copySourceOf(request);
  const version = store.get(bucket, key, versionId);
  const conditions = readConditionsOf(request.headers, 'x-amz-copy-source-');
  if (decideRead(conditions, version) === 'not-modified') {
    throw failed(
      conditions.ifNoneMatch === undefined ? 'x-amz-copy-source-If-Modified-Since' : 'x-amz-copy-source-If-None-Match',
    );
  }
  return version;
}

/** Which version it was, said where the source's bucket has versions. */
export const sourceVersionHeader = ({ store }: S3, source: ObjectVersion): Record<string, string> =>
  store.buckets.get(source.bucket).versioning ? { 'x-amz-copy-source-version-id': source.versionId } : {};

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw s3Error('InvalidURI');
  }
}
