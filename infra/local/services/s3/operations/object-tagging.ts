import { onVersion } from '../access.ts';
import { emptyAnswer, readDocument, type S3, type S3Operation, type S3Request, xmlAnswer } from '../s3-request.ts';
import { tagSet, tagsOf } from '../tags.ts';
import { findToRead } from './get-object.ts';
import { versionHeaders } from './object-headers.ts';

export const getObjectTagging: S3Operation = {
  access: onVersion('GetObjectTagging'),
  run: (s3, request) => {
    const bucket = s3.store.buckets.get(request.bucket);
    const version = findToRead(s3, request);
    return xmlAnswer(tagSet(version.tags), versionHeaders(version, bucket));
  },
};

export const putObjectTagging: S3Operation = {
  access: onVersion('PutObjectTagging'),
  run: async (s3, request) => setTags(s3, request, tagsOf(await readDocument(request, 'Tagging')), 200),
};

export const deleteObjectTagging: S3Operation = {
  access: onVersion('DeleteObjectTagging'),
  run: (s3, request) => setTags(s3, request, {}, 204),
};

async function setTags(s3: S3, request: S3Request, tags: Record<string, string>, status: number) {
  const bucket = s3.store.buckets.get(request.bucket);
  const version = findToRead(s3, request);
  await s3.store.updateVersion(version, (current) => ({ ...current, tags }));
  return emptyAnswer(status, versionHeaders(version, bucket));
}
