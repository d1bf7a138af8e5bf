import { onBucket } from '../access.ts';
import { s3Error } from '../errors.ts';
import { emptyAnswer, readDocument, type S3Operation, xmlAnswer } from '../s3-request.ts';
import { element, optional, textOf } from '../xml.ts';

export const getBucketVersioning: S3Operation = {
  access: onBucket('GetBucketVersioning'),
  run: ({ store }, { bucket }) =>
    xmlAnswer(element('VersioningConfiguration', optional('Status', store.buckets.get(bucket).versioning))),
};

export const putBucketVersioning: S3Operation = {
  access: onBucket('PutBucketVersioning'),
  run: async ({ store }, request) => {
    const document = await readDocument(request, 'VersioningConfiguration');
    if (textOf(document, 'MfaDelete') === 'Enabled') throw s3Error('NotImplemented', { Header: 'x-amz-mfa' });
    const status = textOf(document, 'Status');
    if (status !== 'Enabled' && status !== 'Suspended') {
      throw s3Error('IllegalVersioningConfigurationException');
    }
    await store.updateBucket(request.bucket, (bucket) => ({ ...bucket, versioning: status }));
    return emptyAnswer(200);
  },
};
