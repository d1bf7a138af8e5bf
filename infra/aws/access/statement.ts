import * as iam from 'aws-cdk-lib/aws-iam';

export interface Grant {
  /** What the statement is for, in CamelCase: it is what people read in the policy. */
  sid: string;
  actions: string[];
  resources: string[];
  conditions?: Record<string, Record<string, string | string[]>>;
}

/** One allowing statement. Actions are spelled out: a wildcard would grant what AWS invents tomorrow. */
export function allow({ sid, actions, resources, conditions }: Grant): iam.PolicyStatement {
  const wildcard = actions.find((action) => action.includes('*'));
  if (wildcard) throw new Error(`${sid} grants ${wildcard}: name the actions`);
  return new iam.PolicyStatement({ sid, actions, resources, ...(conditions ? { conditions } : {}) });
}

/** Reading and listing some prefixes of a bucket. An empty prefix is the whole bucket. */
export function readObjects(sid: string, bucketArn: string, prefixes: string[] = ['']): iam.PolicyStatement[] {
  return [
    allow({
      sid: `${sid}Read`,
      actions: ['s3:GetObject', 's3:GetObjectVersion', 's3:GetObjectTagging', 's3:GetObjectAttributes'],
      resources: prefixes.map((prefix) => `${bucketArn}/${prefix}*`),
    }),
    listObjects(`${sid}List`, bucketArn, prefixes),
  ];
}

export function listObjects(sid: string, bucketArn: string, prefixes: string[] = ['']): iam.PolicyStatement {
  const whole = prefixes.includes('');
  return allow({
    sid,
    actions: ['s3:ListBucket', 's3:ListBucketVersions', 's3:GetBucketLocation'],
    resources: [bucketArn],
    ...(whole ? {} : { conditions: { StringLike: { 's3:prefix': prefixes.map((prefix) => `${prefix}*`) } } }),
  });
}

export function writeObjects(sid: string, bucketArn: string, prefixes: string[] = ['']): iam.PolicyStatement {
  return allow({
    sid: `${sid}Write`,
    actions: ['s3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'],
    resources: prefixes.map((prefix) => `${bucketArn}/${prefix}*`),
  });
}
