/** An ARN's parts; of a pattern too, whose parts may be stars. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
export interface Arn {
  partition: string;
  service: string;
  region: string;
  accountId: string;
  /** All behind the fifth colon: `table/retail/sales`, `bucket/key`, `function:name`. */
  resource: string;
}

/** Undefined for what is no ARN, as `*`. */
export function parseArn(text: string): Arn | undefined {
  const [scheme, partition = '', service = '', region = '', accountId = '', ...rest] = text.split(':');
  if (scheme !== 'arn' || rest.length === 0) return undefined;
  return { partition, service, region, accountId, resource: rest.join(':') };
}

/** The same ARN of another resource. */
export function arnOf({ partition, service, region, accountId }: Arn, resource: string): string {
  return ['arn', partition, service, region, accountId, resource].join(':');
}
