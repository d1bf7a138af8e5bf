import type { WireResponse } from '../../../service.ts';
import { bucketAccess, onVersion } from '../access.ts';
import { decideRead, readConditionsOf } from '../conditions.ts';
import { s3Error } from '../errors.ts';
import type { ObjectVersion } from '../object-version.ts';
import { type ByteRange, rangeOf } from '../range.ts';
import { S3Failure } from '../s3-failure.ts';
import { emptyAnswer, integerOf, type S3, type S3Operation, type S3Request } from '../s3-request.ts';
import { checksumHeaders, expirationHeader, objectHeaders } from './object-headers.ts';

export const getObject: S3Operation = {
  access: onVersion('GetObject'),
  run: async (s3, request) => {
    const reading = readingOf(s3, request);
    if (!reading.version) return reading.answer;
    const { version, range, answer } = reading;
    return { ...answer, body: await s3.store.open(version, range) };
  },
};

export const headObject: S3Operation = {
  access: onVersion('GetObject'),
  run: (s3, request) => readingOf(s3, request).answer,
};

interface Reading {
  /** None where the client has the object already. */
  version?: ObjectVersion;
  range?: ByteRange;
  answer: WireResponse;
}

function readingOf(s3: S3, request: S3Request): Reading {
  const { bucket: name, headers, query } = request;
  const bucket = s3.store.buckets.get(name);
  const version = findToRead(s3, request);
  const known = objectHeaders(version, bucket);
  if (decideRead(readConditionsOf(headers), version) === 'not-modified') return { answer: emptyAnswer(304, known) };
  const part = partOf(version, query);
  const range = part?.range ?? rangeOf(headers.range, version.size);
  known['content-length'] = range ? range.end - range.start + 1 : version.size;
  if (range) known['content-range'] = `bytes ${range.start}-${range.end}/${version.size}`;
  if (part && version.partSizes) known['x-amz-mp-parts-count'] = version.partSizes.length;
  if (headers['x-amz-checksum-mode'] === 'ENABLED' && !range) Object.assign(known, checksumHeaders(version));
  // Versions that are not current have rules of their own, of which this header says nothing.
  if (!query.has('versionId')) Object.assign(known, expirationHeader(version, bucket));
  Object.assign(known, overrides(query));
  return { version, range, answer: { status: range ? 206 : 200, headers: known } };
}

/** Throws what S3 answers for a missing object to somebody who may not list: that they may not know. */
export function findToRead({ ctx, store }: S3, request: S3Request): ObjectVersion {
  const { bucket, key, query, caller } = request;
  const versionId = query.get('versionId') ?? undefined;
  const version =
    versionId === undefined ? store.versions.latest(bucket, key) : store.versions.find(bucket, key, versionId);
  if (!version) {
    ctx.inside.authorize(caller.principal, bucketAccess('s3:ListBucket', request), caller);
    if (versionId === undefined) throw s3Error('NoSuchKey', { Key: key });
    throw s3Error('NoSuchVersion', { Key: key, VersionId: versionId });
  }
  if (!version.isDeleteMarker) return version;
  const headers = { 'x-amz-delete-marker': 'true', 'x-amz-version-id': version.versionId };
  if (versionId === undefined) throw new S3Failure(s3Error('NoSuchKey', { Key: key }), headers);
  throw new S3Failure(s3Error('MethodNotAllowed', { Method: 'GET', ResourceType: 'DeleteMarker' }), headers);
}

/** `partNumber` reads what was one part of the upload; an object that was put whole is its own part 1. */
function partOf(version: ObjectVersion, query: URLSearchParams): { range?: ByteRange } | undefined {
  if (!query.has('partNumber')) return undefined;
  const partNumber = integerOf(query, 'partNumber', 1, 10_000);
  const sizes = version.partSizes ?? [version.size];
  const size = sizes[partNumber - 1];
  if (size === undefined) {
    throw s3Error('InvalidPartNumber', { PartNumberRequested: partNumber, ActualPartCount: sizes.length });
  }
  if (size === 0) return {};
  const start = sizes.slice(0, partNumber - 1).reduce((sum, each) => sum + each, 0);
  return { range: { start, end: start + size - 1 } };
}

/** What a signed link may say of how its object is shown. */
function overrides(query: URLSearchParams): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [name, value] of query) {
    const header = /^response-(cache-control|content-(?:disposition|encoding|language|type)|expires)$/.exec(name)?.[1];
    if (header) found[header] = value;
  }
  return found;
}
