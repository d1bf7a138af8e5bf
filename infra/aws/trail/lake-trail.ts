import { Aws, Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import * as cloudtrail from 'aws-cdk-lib/aws-cloudtrail';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { allow, readObjects } from '../access/statement.ts';
import type { LakeCatalog } from '../catalog/lake-catalog.ts';
import { trailBucketName, trailKeptDays, trailName } from '../names.ts';
import type { LakeStorage } from '../storage/lake-storage.ts';

export interface LakeTrailProps {
  storage: LakeStorage;
  catalog: LakeCatalog;
}

/** Every call of the lake, kept by CloudTrail in a bucket of its own, with digests that prove the files whole. */
export class LakeTrail extends Construct {
  readonly bucket: s3.Bucket;
  readonly trailName = trailName;
  readonly #trailArn = `arn:${Aws.PARTITION}:cloudtrail:${Aws.REGION}:${Aws.ACCOUNT_ID}:trail/${trailName}`;

  constructor(scope: Construct, id: string, { storage, catalog }: LakeTrailProps) {
    super(scope, id);
    this.bucket = this.#bucket();
    const trail = new cloudtrail.CfnTrail(this, 'Trail', {
      trailName,
      s3BucketName: this.bucket.bucketName,
      isLogging: true,
      enableLogFileValidation: true,
      // What is done to roles and policies is recorded in us-east-1 alone, and by trails of all regions only:
      // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html#cloudtrail-concepts-global-service-events
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      advancedEventSelectors: selectors(storage, catalog),
    });
    if (this.bucket.policy) trail.node.addDependency(this.bucket.policy);
  }

  /** Administrators read the files and what proves them; nobody of the lake may write or delete one. */
  readTrail(): iam.PolicyStatement[] {
    return [
      ...readObjects('SeeTrail', this.bucket.bucketArn),
      allow({
        sid: 'SeeTrailStatus',
        actions: ['cloudtrail:GetTrail', 'cloudtrail:GetTrailStatus', 'cloudtrail:GetEventSelectors'],
        resources: [this.#trailArn],
      }),
      // AWS knows no resource that its keys belong to.
      allow({ sid: 'SeeTrailKeys', actions: ['cloudtrail:ListPublicKeys'], resources: ['*'] }),
    ];
  }

  #bucket(): s3.Bucket {
    const bucket = new s3.Bucket(this, 'Bucket', {
      bucketName: trailBucketName,
      versioned: true,
      encryption: s3.BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [
        {
          id: 'old-records',
          expiration: Duration.days(trailKeptDays),
          // What somebody has deleted can be brought back for a while.
          noncurrentVersionExpiration: Duration.days(90),
        },
        { id: 'unfinished-uploads', abortIncompleteMultipartUploadAfter: Duration.days(7) },
      ],
    });
    for (const statement of this.#deliveryStatements(bucket)) bucket.addToResourcePolicy(statement);
    Validations.of(bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'It is the log itself: its files are proven whole by signed digests, and a log of the log has no end.',
    });
    return bucket;
  }

  /** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html */
  #deliveryStatements(bucket: s3.Bucket): iam.PolicyStatement[] {
    const principals = [new iam.ServicePrincipal('cloudtrail.amazonaws.com')];
    const ours = { 'aws:SourceArn': this.#trailArn, 'aws:SourceAccount': Aws.ACCOUNT_ID };
    return [
      new iam.PolicyStatement({
        sid: 'CloudTrailLooks',
        principals,
        actions: ['s3:GetBucketAcl'],
        resources: [bucket.bucketArn],
        conditions: { StringEquals: ours },
      }),
      new iam.PolicyStatement({
        sid: 'CloudTrailDelivers',
        principals,
        actions: ['s3:PutObject'],
        resources: [bucket.arnForObjects(`AWSLogs/${Aws.ACCOUNT_ID}/*`)],
        conditions: { StringEquals: { ...ours, 's3:x-amz-acl': 'bucket-owner-full-control' } },
      }),
    ];
  }
}

/**
 * All that is done to the lake itself, to the objects of its zones and to what its jobs run, and by its functions; not to
 * the trail's files.
 */
function selectors(storage: LakeStorage, catalog: LakeCatalog): cloudtrail.CfnTrail.AdvancedEventSelectorProperty[] {
  const is = (field: string, value: string) => ({ field, equalTo: [value] });
  const zones = Object.values(storage.buckets).map((bucket) => `${bucket.bucketArn}/`);
  const functions = `arn:${Aws.PARTITION}:lambda:${Aws.REGION}:${Aws.ACCOUNT_ID}:function:lacustre-`;
  return [
    { name: 'Management', fieldSelectors: [is('eventCategory', 'Management')] },
    {
      // A policy that is made of what was seen must know that the job read its script and its graph.
      name: 'Objects of the zones, scripts and graphs',
      fieldSelectors: [
        is('eventCategory', 'Data'),
        is('resources.type', 'AWS::S3::Object'),
        { field: 'resources.ARN', startsWith: [...zones, catalog.assetsArn] },
      ],
    },
    {
      name: 'Functions of the lake',
      fieldSelectors: [
        is('eventCategory', 'Data'),
        is('resources.type', 'AWS::Lambda::Function'),
        { field: 'resources.ARN', startsWith: [functions] },
      ],
    },
  ];
}
