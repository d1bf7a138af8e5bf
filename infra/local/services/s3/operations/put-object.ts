import { onObject } from '../access.ts';
import { receiveToFile, receiveToMemory } from '../body-source.ts';
import { writeConditionsOf } from '../conditions.ts';
import { contentOf as bodyOf, sizedPayloadOf } from '../payload.ts';
import { emptyAnswer, type S3Operation } from '../s3-request.ts';
import { SMALL_BYTES_MAX } from '../small-blobs.ts';
import { contentOf, writtenHeaders } from './object-headers.ts';

export const putObject: S3Operation = {
  access: (request) => [
    ...onObject('PutObject')(request),
    ...(request.headers['x-amz-tagging'] ? onObject('PutObjectTagging')(request) : []),
  ],
  run: async ({ store }, { bucket, key, headers, wire, cause }) => {
    const promised = sizedPayloadOf(headers);
    const content = contentOf(headers);
    const version = await store.write({
      bucket,
      key,
      conditions: writeConditionsOf(headers),
      reason: 'PutObject',
      cause,
      ...(promised.sizeBytes <= SMALL_BYTES_MAX
        ? { take: async () => ({ ...content, ...(await receiveToMemory(bodyOf(wire), promised)) }) }
        : { write: async (handle) => ({ ...content, ...(await receiveToFile(handle, bodyOf(wire), promised)) }) }),
    });
    return emptyAnswer(200, writtenHeaders(version, store.buckets.get(bucket)));
  },
};
