import { onBucket, onVersion } from '../access.ts';
import { s3Error } from '../errors.ts';
import { type S3Operation, xmlAnswer } from '../s3-request.ts';
import { element, type XmlElement } from '../xml.ts';
import { owner } from './answer-parts.ts';
import { findToRead } from './get-object.ts';

/**
 * Buckets here have no access control lists (`BucketOwnerEnforced`): everything is wholly its owner's, which is what
 * reading one says, and writing one is refused.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
 */
export const getBucketAcl: S3Operation = {
  access: onBucket('GetBucketAcl'),
  run: ({ ctx }) => xmlAnswer(ownersAlone(ctx.account)),
};

export const getObjectAcl: S3Operation = {
  access: onVersion('GetObjectAcl'),
  run: (s3, request) => {
    findToRead(s3, request);
    return xmlAnswer(ownersAlone(s3.ctx.account));
  },
};

const refuse = (): never => {
  throw s3Error('AccessControlListNotSupported');
};

export const putBucketAcl: S3Operation = { access: onBucket('PutBucketAcl'), run: refuse };
export const putObjectAcl: S3Operation = { access: onVersion('PutObjectAcl'), run: refuse };

function ownersAlone(account: string): XmlElement {
  const grantee: XmlElement = {
    ...owner(account, 'Grantee'),
    attributes: { 'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance', 'xsi:type': 'CanonicalUser' },
  };
  const grant = element('Grant', grantee, element('Permission', 'FULL_CONTROL'));
  return element('AccessControlPolicy', owner(account), element('AccessControlList', grant));
}
