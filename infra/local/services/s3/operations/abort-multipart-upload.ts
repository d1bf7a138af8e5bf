import { onObject } from '../access.ts';
import { emptyAnswer, type S3Operation } from '../s3-request.ts';

export const abortMultipartUpload: S3Operation = {
  access: onObject('AbortMultipartUpload'),
  run: async ({ store, uploads }, { bucket, key, query }) => {
    store.buckets.get(bucket);
    await uploads.abort(bucket, key, query.get('uploadId') ?? '');
    return emptyAnswer(204);
  },
};
