import { z } from 'zod';
import type { TrailRecord } from '../../../../../lib/languages/cloudtrail/record.ts';
import { AwsError, type Operation, operation } from '../../../service.ts';
import type { CloudTrail } from '../cloudtrail.ts';
import { invalidToken } from '../errors.ts';
import type { HistoryPosition, Remembered } from '../history.ts';

const Attribute = z.object({
  AttributeKey: z.enum([
    'EventId',
    'EventName',
    'ReadOnly',
    'Username',
    'ResourceType',
    'ResourceName',
    'EventSource',
    'AccessKeyId',
  ]),
  AttributeValue: z.string().min(1).max(2000),
});
type Attribute = z.infer<typeof Attribute>;

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html */
const LookupEvents = z.object({
  LookupAttributes: z.array(Attribute).max(1, 'Only one lookup attribute may be given.').default([]),
  StartTime: z.number().optional(),
  EndTime: z.number().optional(),
  MaxResults: z.number().int().min(1).max(50).default(50),
  NextToken: z.string().optional(),
});

const Position = z.object({ atMs: z.number(), sequence: z.number(), passed: z.number() });

export function eventOperations({ keys, history, clockwork }: CloudTrail): Record<string, Operation> {
  return {
    LookupEvents: operation({
      input: LookupEvents,
      access: () => [{ action: 'cloudtrail:LookupEvents', resource: '*' }],
      async run(input) {
        const { StartTime = 0, EndTime = Number.MAX_SAFE_INTEGER, LookupAttributes, MaxResults } = input;
        if (StartTime > EndTime) throw invalidRange();
        await clockwork.flush();
        const found: Remembered[] = [];
        for (const event of history.events(positionOf(input.NextToken))) {
          const at = Date.parse(event.record.eventTime) / 1000;
          if (at < StartTime) break;
          if (at > EndTime || !LookupAttributes.every((wanted) => has(event.record, wanted))) continue;
          if (found.length === MaxResults) return { Events: found.map(eventOut), NextToken: tokenOf(found.at(-1)) };
          found.push(event);
        }
        return { Events: found.map(eventOut) };
      },
    }),
    ListPublicKeys: operation({
      input: z.object({
        StartTime: z.number().optional(),
        EndTime: z.number().optional(),
        NextToken: z.string().optional(),
      }),
      access: () => [{ action: 'cloudtrail:ListPublicKeys', resource: '*' }],
      run({ StartTime = 0, EndTime = Number.MAX_SAFE_INTEGER / 1000 }) {
        if (StartTime > EndTime) throw invalidRange();
        const found = keys.between(StartTime * 1000, EndTime * 1000);
        return {
          PublicKeyList: found.map(({ publicKey, validFrom, validTo, fingerprint }) => ({
            Value: publicKey,
            ValidityStartTime: new Date(validFrom),
            ValidityEndTime: new Date(validTo),
            Fingerprint: fingerprint,
          })),
        };
      },
    }),
  };
}

function eventOut({ record, line }: Remembered) {
  return {
    EventId: record.eventID,
    EventName: record.eventName,
    ReadOnly: String(record.readOnly),
    AccessKeyId: record.userIdentity.accessKeyId,
    EventTime: new Date(record.eventTime),
    EventSource: record.eventSource,
    Username: userNameOf(record),
    Resources: record.resources?.map(({ type, ARN }) => ({ ResourceType: type, ResourceName: ARN })) ?? [],
    CloudTrailEvent: line,
  };
}

function userNameOf({ userIdentity: { type, userName, arn } }: TrailRecord): string | undefined {
  if (type === 'Root') return 'root';
  return userName ?? (type === 'AssumedRole' ? arn?.split('/').at(-1) : undefined);
}

function has(record: TrailRecord, { AttributeKey, AttributeValue: value }: Attribute): boolean {
  switch (AttributeKey) {
    case 'EventId':
      return record.eventID === value;
    case 'EventName':
      return record.eventName === value;
    case 'ReadOnly':
      return String(record.readOnly) === value;
    case 'Username':
      return userNameOf(record) === value;
    case 'ResourceType':
      return record.resources?.some(({ type }) => type === value) ?? false;
    case 'ResourceName':
      return record.resources?.some(({ ARN }) => ARN === value) ?? false;
    case 'EventSource':
      return record.eventSource === value;
    case 'AccessKeyId':
      return record.userIdentity.accessKeyId === value;
  }
}

function positionOf(token: string | undefined): HistoryPosition | undefined {
  if (token === undefined) return undefined;
  try {
    return Position.parse(JSON.parse(Buffer.from(token, 'base64url').toString()));
  } catch {
    throw invalidToken();
  }
}

function tokenOf(last: Remembered | undefined): string {
  return Buffer.from(JSON.stringify(last?.position)).toString('base64url');
}

function invalidRange(): AwsError {
  return new AwsError('InvalidTimeRangeException', 'The start time must not be after the end time.');
}
