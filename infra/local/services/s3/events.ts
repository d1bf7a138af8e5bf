import type { ObjectVersion } from './object-version.ts';

/** Who changed an object, in which request. */
export interface Cause {
  /** An account, or the service of AWS that did it by itself. */
  requester: string;
  requestId: string;
  /** None where no request brought it about. */
  sourceIp?: string;
}

export type CreationReason = 'PutObject' | 'POST Object' | 'CompleteMultipartUpload' | 'CopyObject';
export type DeletionReason = 'DeleteObject' | 'Lifecycle Expiration';
export type DeletionType = 'Permanently Deleted' | 'Delete Marker Created';

/** What S3 tells EventBridge: https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html */
export interface S3Event {
  version: '0';
  id: string;
  'detail-type': 'Object Created' | 'Object Deleted';
  source: 'aws.s3';
  account: string;
  /** Whole seconds, as all times of EventBridge. */
  time: string;
  region: string;
  resources: string[];
  detail: {
    version: '0';
    bucket: { name: string };
    object: { key: string; size?: number; etag: string; 'version-id'?: string; sequencer: string };
    'request-id': string;
    requester: string;
    'source-ip-address'?: string;
    reason: CreationReason | DeletionReason;
    'deletion-type'?: DeletionType;
  };
}

/** Where an event comes from. */
export interface EventOrigin {
  id: string;
  account: string;
  region: string;
  time: number;
}

export function objectCreated(
  origin: EventOrigin,
  version: ObjectVersion,
  reason: CreationReason,
  cause: Cause,
): S3Event {
  const event = envelope(origin, 'Object Created', version, cause);
  const { key, ...rest } = event.detail.object;
  return { ...event, detail: { ...event.detail, object: { key, size: version.size, ...rest }, reason } };
}

/** What happened to a version: it is the marker that was made, or it is gone for good. */
export interface DeletionFacts {
  version: ObjectVersion;
  type: DeletionType;
  reason: DeletionReason;
  /** Of the deletion itself. */
  sequencer: string;
}

export function objectDeleted(origin: EventOrigin, cause: Cause, deletion: DeletionFacts): S3Event {
  const { version, type, reason, sequencer } = deletion;
  const event = envelope(origin, 'Object Deleted', version, cause);
  const object = { ...event.detail.object, sequencer };
  return { ...event, detail: { ...event.detail, object, reason, 'deletion-type': type } };
}

function envelope(
  origin: EventOrigin,
  detailType: S3Event['detail-type'],
  version: ObjectVersion,
  cause: Cause,
): S3Event {
  return {
    version: '0',
    id: origin.id,
    'detail-type': detailType,
    source: 'aws.s3',
    account: origin.account,
    time: new Date(origin.time).toISOString().replace(/\.\d{3}Z$/, 'Z'),
    region: origin.region,
    resources: [`arn:aws:s3:::${version.bucket}`],
    detail: {
      version: '0',
      bucket: { name: version.bucket },
      object: {
        key: version.key,
        etag: version.etag,
        // A bucket that was never versioned has no version ids in its events.
        ...(version.versionId === 'null' ? {} : { 'version-id': version.versionId }),
        sequencer: version.sequencer,
      },
      'request-id': cause.requestId,
      requester: cause.requester,
      ...(cause.sourceIp === undefined ? {} : { 'source-ip-address': cause.sourceIp }),
      reason: 'PutObject',
    },
  };
}
