import * as iam from 'aws-cdk-lib/aws-iam';

export interface Grant {
  /** What the statement is for, in CamelCase: it is what people read in the policy. */
  sid: string;
  actions: string[];
  resources: string[];
}

/** One allowing statement. Actions are spelled out: a wildcard would grant what AWS invents tomorrow. */
export function allow({ sid, actions, resources }: Grant): iam.PolicyStatement {
  const wildcard = actions.find((action) => action.includes('*'));
  if (wildcard) throw new Error(`${sid} grants ${wildcard}: name the actions`);
  return new iam.PolicyStatement({ sid, actions, resources });
}

/** One denying statement, which no other can allow again. */
export function deny({ sid, actions, resources }: Grant): iam.PolicyStatement {
  return new iam.PolicyStatement({ sid, effect: iam.Effect.DENY, actions, resources });
}

/**
 * Reading the objects under some prefixes of a bucket, and listing the bucket. An empty prefix is the whole bucket.
 * The list is never narrowed to the prefixes: S3 asks for it, without a prefix, before it says that a key is not there
 * (404) and not that it may not be seen (403).
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html
 */
export function readObjects(sid: string, bucketArn: string, prefixes: string[] = ['']): iam.PolicyStatement[] {
  return [
    allow({
      sid: `${sid}Read`,
      actions: [
        's3:GetObject',
        's3:GetObjectVersion',
        's3:GetObjectTagging',
        's3:GetObjectVersionTagging',
        's3:GetObjectAttributes',
        's3:GetObjectVersionAttributes',
      ],
      resources: prefixes.map((prefix) => `${bucketArn}/${prefix}*`),
    }),
    listObjects(`${sid}List`, bucketArn),
  ];
}

export function listObjects(sid: string, bucketArn: string): iam.PolicyStatement {
  const actions = ['s3:ListBucket', 's3:ListBucketVersions', 's3:GetBucketLocation'];
  return allow({ sid, actions, resources: [bucketArn] });
}

export function writeObjects(sid: string, bucketArn: string, prefixes: string[] = ['']): iam.PolicyStatement {
  return allow({
    sid: `${sid}Write`,
    // A copy takes its source's tags along.
    actions: ['s3:PutObject', 's3:PutObjectTagging', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'],
    resources: prefixes.map((prefix) => `${bucketArn}/${prefix}*`),
  });
}
