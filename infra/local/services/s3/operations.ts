import { abortMultipartUpload } from './operations/abort-multipart-upload.ts';
import * as acls from './operations/access-control-lists.ts';
import * as absences from './operations/bucket-absences.ts';
import * as configurations from './operations/bucket-configurations.ts';
import {
  deleteBucketPolicy,
  getBucketPolicy,
  getBucketPolicyStatus,
  putBucketPolicy,
} from './operations/bucket-policy.ts';
import { getBucketVersioning, putBucketVersioning } from './operations/bucket-versioning.ts';
import { createBucket, deleteBucket, getBucketLocation, headBucket, listBuckets } from './operations/buckets.ts';
import { completeMultipartUpload } from './operations/complete-multipart-upload.ts';
import { copyObject } from './operations/copy-object.ts';
import { createMultipartUpload } from './operations/create-multipart-upload.ts';
import { deleteObject } from './operations/delete-object.ts';
import { deleteObjects } from './operations/delete-objects.ts';
import { getObject, headObject } from './operations/get-object.ts';
import { getObjectAttributes } from './operations/get-object-attributes.ts';
import { listMultipartUploads } from './operations/list-multipart-uploads.ts';
import { listObjectVersions } from './operations/list-object-versions.ts';
import { listObjects, listObjectsV2 } from './operations/list-objects.ts';
import { listParts } from './operations/list-parts.ts';
import { deleteObjectTagging, getObjectTagging, putObjectTagging } from './operations/object-tagging.ts';
import { putObject } from './operations/put-object.ts';
import { uploadPart, uploadPartCopy } from './operations/upload-part.ts';
import type { S3Operation } from './s3-request.ts';

/** Every operation that the local lake has, by AWS's name for it. */
export const OPERATIONS: Record<string, S3Operation> = {
  AbortMultipartUpload: abortMultipartUpload,
  CompleteMultipartUpload: completeMultipartUpload,
  CopyObject: copyObject,
  CreateBucket: createBucket,
  CreateMultipartUpload: createMultipartUpload,
  DeleteBucket: deleteBucket,
  DeleteBucketCors: configurations.cors.delete,
  DeleteBucketEncryption: configurations.encryption.delete,
  DeleteBucketLifecycle: configurations.lifecycle.delete,
  DeleteBucketOwnershipControls: configurations.ownershipControls.delete,
  DeleteBucketPolicy: deleteBucketPolicy,
  DeleteBucketTagging: configurations.tagging.delete,
  DeleteObject: deleteObject,
  DeleteObjectTagging: deleteObjectTagging,
  DeleteObjects: deleteObjects,
  DeletePublicAccessBlock: configurations.publicAccessBlock.delete,
  GetBucketAccelerateConfiguration: absences.getBucketAccelerateConfiguration,
  GetBucketAcl: acls.getBucketAcl,
  GetBucketCors: configurations.cors.get,
  GetBucketEncryption: configurations.encryption.get,
  GetBucketLifecycleConfiguration: configurations.lifecycle.get,
  GetBucketLocation: getBucketLocation,
  GetBucketLogging: absences.getBucketLogging,
  GetBucketNotificationConfiguration: configurations.notification.get,
  GetBucketOwnershipControls: configurations.ownershipControls.get,
  GetBucketPolicy: getBucketPolicy,
  GetBucketPolicyStatus: getBucketPolicyStatus,
  GetBucketReplication: absences.getBucketReplication,
  GetBucketRequestPayment: absences.getBucketRequestPayment,
  GetBucketTagging: configurations.tagging.get,
  GetBucketVersioning: getBucketVersioning,
  GetBucketWebsite: absences.getBucketWebsite,
  GetObject: getObject,
  GetObjectAcl: acls.getObjectAcl,
  GetObjectAttributes: getObjectAttributes,
  GetObjectLockConfiguration: absences.getObjectLockConfiguration,
  GetObjectTagging: getObjectTagging,
  GetPublicAccessBlock: configurations.publicAccessBlock.get,
  HeadBucket: headBucket,
  HeadObject: headObject,
  ListBuckets: listBuckets,
  ListMultipartUploads: listMultipartUploads,
  ListObjectVersions: listObjectVersions,
  ListObjects: listObjects,
  ListObjectsV2: listObjectsV2,
  ListParts: listParts,
  PutBucketAcl: acls.putBucketAcl,
  PutBucketCors: configurations.cors.put,
  PutBucketEncryption: configurations.encryption.put,
  PutBucketLifecycleConfiguration: configurations.lifecycle.put,
  PutBucketNotificationConfiguration: configurations.notification.put,
  PutBucketOwnershipControls: configurations.ownershipControls.put,
  PutBucketPolicy: putBucketPolicy,
  PutBucketTagging: configurations.tagging.put,
  PutBucketVersioning: putBucketVersioning,
  PutObject: putObject,
  PutObjectAcl: acls.putObjectAcl,
  PutObjectTagging: putObjectTagging,
  PutPublicAccessBlock: configurations.publicAccessBlock.put,
  UploadPart: uploadPart,
  UploadPartCopy: uploadPartCopy,
};
