import { bucketArn, onBucket } from '../access.ts';
import { s3Error } from '../errors.ts';
import { parseXml } from '../parse-xml.ts';
import { emptyAnswer, readText, type S3, type S3Operation, type S3Request, xmlAnswer } from '../s3-request.ts';
import { element, textOf } from '../xml.ts';
import { isoTime, owner } from './answer-parts.ts';

export const listBuckets: S3Operation = {
  access: () => [{ action: 's3:ListAllMyBuckets', resource: '*' }],
  run: ({ ctx, store }, { query }) => {
    const prefix = query.get('prefix') ?? '';
    const buckets = store.buckets.list().filter(({ name }) => name.startsWith(prefix));
    return xmlAnswer(
      element(
        'ListAllMyBucketsResult',
        owner(ctx.account),
        element(
          'Buckets',
          buckets.map(({ name, createdAt }) =>
            element(
              'Bucket',
              element('Name', name),
              element('CreationDate', isoTime(createdAt)),
              element('BucketRegion', ctx.region),
              element('BucketArn', bucketArn(name)),
            ),
          ),
        ),
      ),
    );
  },
};

export const createBucket: S3Operation = {
  access: onBucket('CreateBucket'),
  run: async (s3, request) => {
    checkLocation(s3.ctx.region, await readText(request));
    if (request.headers['x-amz-bucket-object-lock-enabled'] === 'true') {
      throw s3Error('NotImplemented', { Header: 'x-amz-bucket-object-lock-enabled' });
    }
    await s3.store.createBucket(request.bucket).catch((error: unknown) => {
      // The oldest region alone says yes again: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html
      const isAgain = error instanceof Error && error.name === 'BucketAlreadyOwnedByYou';
      if (!isAgain || s3.ctx.region !== 'us-east-1') throw error;
    });
    return emptyAnswer(200, { location: `/${request.bucket}`, 'x-amz-bucket-arn': bucketArn(request.bucket) });
  },
};

function checkLocation(region: string, body: string): void {
  const location = body.trim() === '' ? undefined : textOf(parseXml(body), 'LocationConstraint');
  if (location === undefined || location === '') {
    if (region !== 'us-east-1') throw s3Error('IllegalLocationConstraintException');
    return;
  }
  if (location === region) return;
  throw s3Error(
    'IllegalLocationConstraintException',
    {},
    `The ${location} location constraint is incompatible for the region specific endpoint this request was sent to.`,
  );
}

export const headBucket: S3Operation = {
  access: onBucket('ListBucket'),
  run: ({ ctx, store }, { bucket }) => {
    store.buckets.get(bucket);
    return emptyAnswer(200, { 'x-amz-bucket-region': ctx.region, 'x-amz-bucket-arn': bucketArn(bucket) });
  },
};

export const deleteBucket: S3Operation = {
  access: onBucket('DeleteBucket'),
  run: async ({ store, uploads }, { bucket }) => {
    store.checkEmpty(bucket);
    await uploads.abortAll(bucket);
    await store.deleteBucket(bucket);
    return emptyAnswer(204);
  },
};

export const getBucketLocation: S3Operation = {
  access: onBucket('GetBucketLocation'),
  run: ({ ctx, store }: S3, { bucket }: S3Request) => {
    store.buckets.get(bucket);
    return xmlAnswer(element('LocationConstraint', ctx.region === 'us-east-1' ? '' : ctx.region));
  },
};
