import type { TrailRecord } from '../../../../../lib/languages/cloudtrail/record.ts';
import type { SeenCall } from '../../../recorder.ts';
import type { EventPlace, TrailEvent } from './event.ts';
import { shownParameters, shownText } from './parameters.ts';
import { type Known, userIdentity } from './user-identity.ts';

const EVENT_VERSION = '1.11';
const MESSAGE_LENGTH_MAX = 1024;

/** Reads of one scan that one record stands for. */
export interface Further {
  furtherCalls: number;
  furtherPrefix: string;
}

export interface Describing extends EventPlace, Known {
  newId(): string;
}

/** Several events of one call share its request id, not their own. */
export function recordOf(
  call: SeenCall,
  event: TrailEvent,
  { region, account, ...known }: Describing,
  further?: Further,
): TrailRecord {
  const { asked, sourceIp, userAgent } = call;
  const isDenied = asked.error?.code === 'AccessDenied';
  // JSON services name a denial otherwise than S3, IAM and STS do.
  const isXml = ['s3', 'iam', 'sts', 'cloudformation'].includes(call.service);
  return {
    eventVersion: EVENT_VERSION,
    userIdentity: userIdentity(call, known),
    eventTime: wholeSeconds(call.atMs),
    eventSource: `${call.service}.amazonaws.com`,
    eventName: event.eventName,
    awsRegion: region,
    sourceIPAddress: call.principal.type === 'Service' ? call.principal.arn : sourceIp,
    userAgent: call.principal.type === 'Service' ? call.principal.arn : (userAgent ?? '-'),
    ...(asked.error && {
      errorCode: isDenied && !isXml ? 'AccessDeniedException' : asked.error.code,
      errorMessage: shownText(asked.error.message).slice(0, MESSAGE_LENGTH_MAX),
    }),
    requestParameters: shownParameters(event.parameters),
    responseElements: event.readOnly && asked.operation !== 'AssumeRole' ? null : answerOf(call, event),
    ...additional(call, further),
    requestID: call.requestId,
    eventID: known.newId(),
    readOnly: event.readOnly,
    ...(event.resources.length > 0 && { resources: event.resources }),
    eventType: 'AwsApiCall',
    managementEvent: !event.isData,
    recipientAccountId: account,
    eventCategory: event.isData ? 'Data' : 'Management',
  };
}

/** What the answer of a change says: names and ids. Of data that was written or invoked, nothing. */
function answerOf({ asked }: SeenCall, { isData }: TrailEvent): Record<string, unknown> | null {
  if (isData || asked.error) return null;
  const { Credentials, ...output } = {
    ...(asked.output as { Credentials?: { AccessKeyId?: string; Expiration?: Date } }),
  };
  if (!Credentials) return shownParameters(output);
  const { AccessKeyId, Expiration } = Credentials;
  return {
    credentials: { accessKeyId: AccessKeyId, expiration: Expiration?.toISOString() },
    ...shownParameters(output),
  };
}

function additional({ wire, service }: SeenCall, further?: Further): Pick<TrailRecord, 'additionalEventData'> {
  if (further) return { additionalEventData: { ...further } };
  if (!wire || service !== 's3') return {};
  return {
    additionalEventData: {
      SignatureVersion: 'SigV4',
      AuthenticationMethod: wire.isPresigned ? 'QueryString' : 'AuthHeader',
      bytesTransferredIn: wire.receivedBytes ?? 0,
      bytesTransferredOut: wire.sentBytes ?? 0,
    },
  };
}

export function wholeSeconds(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
