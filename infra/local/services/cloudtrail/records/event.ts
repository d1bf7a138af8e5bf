/** What a call is to CloudTrail: its name there, what it was on, and of which category it is. */
import type { SeenCall } from '../../../recorder.ts';
import { lambdaEvent } from './lambda-event.ts';
import { s3Event } from './s3-event.ts';

export type TrailResource = { type: string; ARN?: string; ARNPrefix?: string; accountId?: string };

export interface TrailEvent {
  eventName: string;
  isData: boolean;
  readOnly: boolean;
  /** Not yet as they are shown. */
  parameters: Record<string, unknown>;
  /** The first is the one that the call is on. */
  resources: TrailResource[];
}

export interface EventPlace {
  region: string;
  account: string;
}

const READS =
  /^(Get|List|Describe|Head|BatchGet|Lookup|Search|Filter|Validate|Test|Query|Select|Simulate|GenerateCredentialReport)/;

export function isReadOnly(eventName: string): boolean {
  return READS.test(eventName) || eventName === 'AssumeRole';
}

/** One call is mostly one event; deleting many objects is one for each of them as well. */
export function eventsOf(call: SeenCall, place: EventPlace): TrailEvent[] {
  if (call.service === 's3') return s3Event(call, place);
  if (call.service === 'lambda') return [lambdaEvent(call, place)];
  const { operation: eventName } = call.asked;
  const parameters = call.access ? accessParameters(call.access.resource) : (call.asked.input as object | undefined);
  return [
    {
      eventName,
      // https://docs.aws.amazon.com/eventbridge/latest/userguide/logging-using-cloudtrail.html
      isData: call.service === 'events' && eventName === 'PutEvents',
      readOnly: isReadOnly(eventName),
      parameters: { ...parameters },
      resources: resourcesOf(call, place),
    },
  ];
}

/** A table of the catalog that a service used for somebody: `arn:aws:glue:…:table/retail/sales`. */
function accessParameters(resource: string): Record<string, unknown> {
  const [kind, first, second] = resource.split(':').slice(5).join(':').split('/');
  if (kind === 'database') return { name: first };
  return kind === 'table' ? { databaseName: first, tableName: second, name: second } : {};
}

function resourcesOf({ service, asked }: SeenCall, { account }: EventPlace): TrailResource[] {
  if (service !== 'sts' || asked.operation !== 'AssumeRole') return [];
  const { RoleArn } = asked.input as { RoleArn?: unknown };
  return typeof RoleArn === 'string' ? [{ type: 'AWS::IAM::Role', ARN: RoleArn, accountId: account }] : [];
}
