import { invalidRequest } from './errors.ts';

export interface S3Location {
  bucket: string;
  /** Empty, or ending in a slash. */
  prefix: string;
}

/** Parses `s3://bucket/folder` (also `s3a://`, which Hive writes) as a folder. */
export function findS3Location(uri: string | undefined): S3Location | undefined {
  const match = /^s3[an]?:\/\/([^/]+)(?:\/(.*))?$/s.exec(uri ?? '');
  if (!match) return undefined;
  const path = match[2] ?? '';
  return { bucket: match[1] as string, prefix: path === '' || path.endsWith('/') ? path : `${path}/` };
}

export function parseS3Location(uri: string): S3Location {
  const location = findS3Location(uri);
  if (!location) throw invalidRequest(`outputLocation is not a valid S3 path: ${uri}`);
  return location;
}
