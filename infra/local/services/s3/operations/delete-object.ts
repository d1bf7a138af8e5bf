import { onVersion } from '../access.ts';
import type { Deleted } from '../object-changes.ts';
import { emptyAnswer, type S3Operation } from '../s3-request.ts';
import { versionHeaders } from './object-headers.ts';

export const deleteObject: S3Operation = {
  access: onVersion('DeleteObject'),
  run: async ({ store }, { bucket, key, query, headers, cause }) => {
    const versionId = query.get('versionId') ?? undefined;
    const conditions = { ifMatch: headers['if-match'] };
    const deleted = await store.delete({ bucket, key, versionId, conditions, cause });
    const touched = versionId === undefined ? deleted.marker : { versionId };
    return emptyAnswer(204, {
      ...(touched ? versionHeaders(touched, store.buckets.get(bucket)) : {}),
      ...(isMarker(deleted) ? { 'x-amz-delete-marker': 'true' } : {}),
    });
  },
};

/** Whether a marker was made, or was itself what got deleted. */
export const isMarker = ({ marker, removed }: Deleted): boolean =>
  marker !== undefined || removed?.isDeleteMarker === true;
