import type { TrailRecord } from '../record.ts';

/** One permission that a call needed. */
export interface IamCall {
  /** `s3:GetObject`. */
  action: string;
  /** An ARN, or `*`. */
  resource: string;
}

/** A record, with what its resources' names are made of. */
export interface CallPlace {
  record: TrailRecord;
  /** What the record says was asked. */
  asked: Record<string, unknown>;
  /** `arn:aws:glue:eu-west-3:000000000000:`, for a service's prefix. */
  arn(service: string): string;
  /** The same for IAM, which knows no region. */
  globalArn(service: string): string;
  /** The work group of a query that the same records tell of. */
  workGroupOf(queryExecutionId: string): string | undefined;
}

export function textOf(asked: Record<string, unknown>, ...names: string[]): string | undefined {
  for (const name of names) {
    const value = asked[name];
    if (typeof value === 'string' && value !== '') return value;
  }
  return undefined;
}

export function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

export function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** A role that a call hands to a service, by its ARN or name: CloudTrail has no record of iam:PassRole itself. */
export function passedRole(place: CallPlace, role: string | undefined): IamCall[] {
  if (!role) return [];
  const resource = role.startsWith('arn:') ? role : `${place.globalArn('iam')}role/${role.replace(/^\//, '')}`;
  return [{ action: 'iam:PassRole', resource }];
}
