import {
  type BucketLifecycleConfiguration,
  type CORSRule,
  CreateBucketCommand,
  HeadBucketCommand,
  type LifecycleRule,
  type OwnershipControls,
  type PublicAccessBlockConfiguration,
  PutBucketCorsCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  type S3Client,
  type ServerSideEncryption,
} from '@aws-sdk/client-s3';
import { createOrUpdate, type Ground, resource } from '../resource.ts';

interface BucketProperties {
  BucketName: string;
  VersioningConfiguration?: { Status: 'Enabled' | 'Suspended' };
  BucketEncryption?: {
    ServerSideEncryptionConfiguration: { ServerSideEncryptionByDefault: { SSEAlgorithm: ServerSideEncryption } }[];
  };
  PublicAccessBlockConfiguration?: PublicAccessBlockConfiguration;
  OwnershipControls?: OwnershipControls;
  CorsConfiguration?: { CorsRules: (CORSRule & { ExposedHeaders?: string[]; MaxAge?: number; Id?: string })[] };
  LifecycleConfiguration?: { Rules: TemplateLifecycleRule[] };
  NotificationConfiguration?: { EventBridgeConfiguration?: { EventBridgeEnabled?: boolean } };
}

/** CloudFormation's own spelling of a lifecycle rule; only what the lake's buckets use. */
interface TemplateLifecycleRule {
  Id: string;
  Status: 'Enabled' | 'Disabled';
  Prefix?: string;
  AbortIncompleteMultipartUpload?: { DaysAfterInitiation: number };
  ExpirationInDays?: number;
  NoncurrentVersionExpiration?: { NoncurrentDays: number };
}

/** `AWS::S3::Bucket`. */
export const bucket = resource<BucketProperties>(async (properties, _id, { clients: { s3 }, region }) => {
  const Bucket = properties.BucketName;
  await createOrUpdate(
    ['BucketAlreadyOwnedByYou', 'BucketAlreadyExists'],
    () => s3.send(new CreateBucketCommand({ Bucket, ...location(region) })),
    // A name that somebody else owns answers 403 here, and that is the error to show.
    () => s3.send(new HeadBucketCommand({ Bucket })),
  );
  await configure(s3, Bucket, properties);
  return {
    ref: Bucket,
    attributes: {
      Arn: `arn:aws:s3:::${Bucket}`,
      DomainName: `${Bucket}.s3.amazonaws.com`,
      RegionalDomainName: `${Bucket}.s3.${region}.amazonaws.com`,
    },
  };
});

/** `AWS::S3::BucketPolicy`. */
export const bucketPolicy = resource<{ Bucket: string; PolicyDocument: unknown }>(
  async ({ Bucket, PolicyDocument }, id, { clients }) => {
    await clients.s3.send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify(PolicyDocument) }));
    return { ref: id, attributes: {} };
  },
);

/** us-east-1 is the one region that may not be named. */
export function location(region: string) {
  return region === 'us-east-1' ? {} : { CreateBucketConfiguration: { LocationConstraint: region as 'eu-west-3' } };
}

async function configure(s3: Ground['clients']['s3'], Bucket: string, properties: BucketProperties): Promise<void> {
  const { VersioningConfiguration, PublicAccessBlockConfiguration, OwnershipControls } = properties;
  if (VersioningConfiguration) await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
  if (PublicAccessBlockConfiguration)
    await s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration }));
  if (OwnershipControls) await s3.send(new PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls }));
  await encrypt(s3, Bucket, properties.BucketEncryption);
  await allowOrigins(s3, Bucket, properties.CorsConfiguration);
  await expire(s3, Bucket, properties.LifecycleConfiguration);
  if (properties.NotificationConfiguration?.EventBridgeConfiguration?.EventBridgeEnabled) {
    const NotificationConfiguration = { EventBridgeConfiguration: {} };
    await s3.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration }));
  }
}

async function encrypt(s3: S3Client, Bucket: string, encryption: BucketProperties['BucketEncryption']): Promise<void> {
  if (!encryption) return;
  const Rules = encryption.ServerSideEncryptionConfiguration.map(({ ServerSideEncryptionByDefault: byDefault }) => ({
    ApplyServerSideEncryptionByDefault: { SSEAlgorithm: byDefault.SSEAlgorithm },
  }));
  await s3.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules } }));
}

async function allowOrigins(s3: S3Client, Bucket: string, cors: BucketProperties['CorsConfiguration']): Promise<void> {
  if (!cors) return;
  const CORSRules = cors.CorsRules.map(
    ({ AllowedOrigins, AllowedMethods, AllowedHeaders, ExposedHeaders, MaxAge }) => ({
      AllowedOrigins,
      AllowedMethods,
      AllowedHeaders,
      ExposeHeaders: ExposedHeaders,
      MaxAgeSeconds: MaxAge,
    }),
  );
  await s3.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules } }));
}

async function expire(
  s3: S3Client,
  Bucket: string,
  lifecycle: BucketProperties['LifecycleConfiguration'],
): Promise<void> {
  if (!lifecycle) return;
  const Rules = lifecycle.Rules.map(
    ({ Id, Status, Prefix = '', ExpirationInDays, ...rest }): LifecycleRule => ({
      ID: Id,
      Status,
      Filter: { Prefix },
      Expiration: ExpirationInDays === undefined ? undefined : { Days: ExpirationInDays },
      AbortIncompleteMultipartUpload: rest.AbortIncompleteMultipartUpload,
      NoncurrentVersionExpiration: rest.NoncurrentVersionExpiration,
    }),
  );
  const LifecycleConfiguration: BucketLifecycleConfiguration = { Rules };
  await s3.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration }));
}
