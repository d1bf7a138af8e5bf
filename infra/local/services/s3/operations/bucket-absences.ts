import { onBucket } from '../access.ts';
import { type S3ErrorCode, s3Error } from '../errors.ts';
import { type S3Operation, xmlAnswer } from '../s3-request.ts';
import { element, type XmlElement } from '../xml.ts';

/** What no bucket here has, and cannot be given: reading it says so as S3 does of a bucket that was never given it. */
export const getBucketAccelerateConfiguration = empty('GetAccelerateConfiguration', element('AccelerateConfiguration'));
export const getBucketLogging = empty('GetBucketLogging', element('BucketLoggingStatus'));
export const getBucketRequestPayment = empty(
  'GetBucketRequestPayment',
  element('RequestPaymentConfiguration', element('Payer', 'BucketOwner')),
);
export const getBucketReplication = missing('GetReplicationConfiguration', 'ReplicationConfigurationNotFoundError');
export const getBucketWebsite = missing('GetBucketWebsite', 'NoSuchWebsiteConfiguration');
export const getObjectLockConfiguration = missing(
  'GetBucketObjectLockConfiguration',
  'ObjectLockConfigurationNotFoundError',
);

function empty(action: string, document: XmlElement): S3Operation {
  return { access: onBucket(action), run: () => xmlAnswer(document) };
}

function missing(action: string, code: S3ErrorCode): S3Operation {
  return {
    access: onBucket(action),
    run: (_, { bucket }) => {
      throw s3Error(code, { BucketName: bucket });
    },
  };
}
