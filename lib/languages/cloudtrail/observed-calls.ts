import type { ObservedCall } from '../iam-policy/observed-call.ts';
import { athenaCalls } from './calls/athena-calls.ts';
import { glueCalls } from './calls/glue-calls.ts';
import { type CallPlace, fieldsOf, type IamCall, textOf } from './calls/iam-call.ts';
import * as others from './calls/other-calls.ts';
import { s3Calls } from './calls/s3-calls.ts';
import { isDenied, type TrailRecord } from './record.ts';

const BY_SERVICE: Record<string, (place: CallPlace) => IamCall[]> = {
  athena: athenaCalls,
  cloudformation: others.cloudFormationCalls,
  cloudtrail: others.cloudTrailCalls,
  events: others.eventsCalls,
  glue: glueCalls,
  iam: others.iamCalls,
  lambda: others.lambdaCalls,
  logs: others.logsCalls,
  s3: s3Calls,
  states: others.statesCalls,
  sts: others.stsCalls,
};

/**
 * What roles have asked for: their calls as IAM's actions on ARNs, each pair once, in the order in which they are
 * first met. Calls of users, of the account's root and of AWS itself are left out.
 */
export function observedCalls(records: Iterable<TrailRecord>): ObservedCall[] {
  const all = [...records];
  const workGroups = workGroupsOf(all);
  const found = new Map<string, ObservedCall>();
  for (const record of all) {
    const roleArn = roleOf(record);
    if (!roleArn) continue;
    const times = 1 + alike(record);
    for (const call of iamCallsOf(record, (id) => workGroups.get(id))) count(found, record, roleArn, call, times);
  }
  return [...found.values()];
}

/** The permissions that one call needed. */
function iamCallsOf(record: TrailRecord, workGroupOf: CallPlace['workGroupOf']): IamCall[] {
  const { awsRegion, recipientAccountId = '', eventSource, eventName } = record;
  const prefix = `arn:${partitionOf(awsRegion)}`;
  const service = eventSource.split('.', 1)[0] ?? '';
  const place: CallPlace = {
    record,
    asked: fieldsOf(record.requestParameters),
    arn: (name) => `${prefix}:${name}:${awsRegion}:${recipientAccountId}:`,
    globalArn: (name) => `${prefix}:${name}::${recipientAccountId}:`,
    workGroupOf,
  };
  const known = BY_SERVICE[service];
  if (known) return known(place);
  const arns = record.resources?.flatMap(({ ARN }) => ARN ?? []) ?? [];
  return (arns.length > 0 ? arns : ['*']).map((resource) => ({ action: `${service}:${eventName}`, resource }));
}

function count(
  found: Map<string, ObservedCall>,
  record: TrailRecord,
  roleArn: string,
  { action, resource }: IamCall,
  times: number,
): void {
  const key = `${roleArn}\n${action}\n${resource}`;
  const { eventTime } = record;
  const known = found.get(key);
  const call = known ?? { roleArn, action, resource, count: 0, lastAt: eventTime, deniedCount: 0 };
  call.count += times;
  if (isDenied(record)) call.deniedCount += times;
  if (eventTime > call.lastAt) call.lastAt = eventTime;
  if (!known) found.set(key, call);
}

function roleOf({ userIdentity: { type, sessionContext } }: TrailRecord): string | undefined {
  return type === 'AssumedRole' ? sessionContext?.sessionIssuer?.arn : undefined;
}

/** The local lake writes one record for many reads of one scan that are alike, and says of how many it speaks. */
function alike({ additionalEventData }: TrailRecord): number {
  const further = additionalEventData?.furtherCalls;
  return typeof further === 'number' ? further : 0;
}

function workGroupsOf(records: TrailRecord[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const { eventSource, eventName, requestParameters, responseElements } of records) {
    if (eventName !== 'StartQueryExecution' || eventSource !== 'athena.amazonaws.com') continue;
    const id = textOf(fieldsOf(responseElements), 'queryExecutionId');
    if (id) found.set(id, textOf(fieldsOf(requestParameters), 'workGroup') ?? 'primary');
  }
  return found;
}

function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}
