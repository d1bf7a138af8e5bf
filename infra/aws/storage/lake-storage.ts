import { CfnParameter, Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import {
  bucketName,
  stagedKeptDays,
  stagedPrefix,
  versionsKeptDays,
  versionsPrefix,
  type Zone,
  zones,
} from '../names.ts';

/** The four zones, a bucket each: versioned, encrypted, TLS only, closed to the public, telling EventBridge. */
export class LakeStorage extends Construct {
  readonly buckets: Record<Zone, s3.Bucket>;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const origins = new CfnParameter(scope, 'ConsoleOrigins', {
      type: 'CommaDelimitedList',
      default: 'http://localhost:3000,http://127.0.0.1:3000',
      description: 'Where the console is served; browsers send parts of files from there straight to the raw zone.',
    });
    const made = zones.map((zone) => [zone, this.#zone(zone)] as const);
    this.buckets = Object.fromEntries(made) as Record<Zone, s3.Bucket>;
    this.#expireVersions();
    this.#expireStagedRows();
    for (const zone of zones) cfn(this.buckets[zone]).corsConfiguration = corsFor(zone, origins.valueAsList);
  }

  /** Copies of a table's past files are made again when somebody asks; what they are copies of stays for good. */
  #expireVersions(): void {
    this.buckets.results.addLifecycleRule({
      id: 'tables-of-the-past',
      prefix: versionsPrefix,
      expiration: Duration.days(versionsKeptDays),
      noncurrentVersionExpiration: Duration.days(1),
    });
  }

  /** Rows that were published lie in the table; those that were held are looked at for a while. */
  #expireStagedRows(): void {
    this.buckets.processed.addLifecycleRule({
      id: 'staged-rows',
      prefix: stagedPrefix,
      expiration: Duration.days(stagedKeptDays),
      noncurrentVersionExpiration: Duration.days(1),
    });
  }

  #zone(zone: Zone): s3.Bucket {
    const bucket = new s3.Bucket(this, zone, {
      bucketName: bucketName(zone),
      versioned: true,
      encryption: s3.BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [{ id: 'unfinished-uploads', abortIncompleteMultipartUploadAfter: Duration.days(7) }],
    });
    // The L2 switch for EventBridge adds a custom resource with a Lambda of its own; the bucket's own property does not.
    cfn(bucket).notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
    Validations.of(bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'Who read and wrote which object is recorded by CloudTrail data events, which unlike access logs are complete.',
    });
    return bucket;
  }
}

function corsFor(zone: Zone, origins: string[]): s3.CfnBucket.CorsConfigurationProperty {
  return {
    corsRules: [
      {
        allowedOrigins: origins,
        allowedMethods: zone === 'raw' ? ['GET', 'HEAD', 'PUT', 'POST'] : ['GET', 'HEAD'],
        allowedHeaders: ['*'],
        exposedHeaders: ['ETag', 'x-amz-version-id', 'x-amz-checksum-crc32', 'Content-Range', 'Content-Length'],
        maxAge: 3600,
      },
    ],
  };
}

function cfn(bucket: s3.Bucket): s3.CfnBucket {
  return bucket.node.defaultChild as s3.CfnBucket;
}
