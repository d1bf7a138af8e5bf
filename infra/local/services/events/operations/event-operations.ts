/** Events from outside, and patterns on trial. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html */
import { z } from 'zod';
import { matchesEvent, parseEventPattern } from '../../../../../lib/languages/event-pattern/event-pattern.ts';
import { isObject, type JsonObject } from '../../../../../lib/languages/event-pattern/json-value.ts';
import { operation } from '../../../service.ts';
import { validationException } from '../errors.ts';
import type { BusEvent } from '../event.ts';
import { busArn, type Events, requireDefaultBus } from '../events-service.ts';
import { checkPattern } from './rule-operations.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html */
const ENTRIES_BYTES_MAX = 1024 * 1024;
const ENVELOPE = ['id', 'account', 'source', 'time', 'region', 'resources', 'detail-type'];

const Entry = z.object({
  Time: z.number().optional(),
  Source: z.string().optional(),
  Resources: z.array(z.string()).optional(),
  DetailType: z.string().max(128).optional(),
  Detail: z.string().optional(),
  EventBusName: z.string().optional(),
  TraceHeader: z.string().optional(),
});

type Answer = { EventId: string } | { ErrorCode: string; ErrorMessage: string };

/** Each entry is taken or refused for itself; those that are taken are durable when this answers. */
export function putEvents({ ctx, outbox }: Events) {
  return operation({
    input: z.object({ Entries: z.array(Entry).min(1).max(10), EndpointId: z.string().optional() }),
    access: () => [{ action: 'events:PutEvents', resource: busArn(ctx) }],
    async run({ Entries }) {
      const bytes = Entries.reduce(
        (sum, { Source = '', DetailType = '', Detail = '' }) => sum + Buffer.byteLength(Source + DetailType + Detail),
        0,
      );
      if (bytes > ENTRIES_BYTES_MAX)
        throw validationException('Total size of the entries in the request is over the limit.');
      for (const { EventBusName } of Entries) requireDefaultBus(ctx, EventBusName);
      const read = Entries.map((entry) => readEntry(entry));
      const events: BusEvent[] = [];
      const answers = read.map((entry): Answer => {
        if ('ErrorCode' in entry) return entry;
        const event = {
          ...entry,
          version: '0',
          id: ctx.newId(),
          account: ctx.account,
          region: ctx.region,
          time: isoTime(entry.time ?? ctx.clock()),
        };
        events.push(event);
        return { EventId: event.id };
      });
      await ctx.state.commit(() => {
        for (const event of events) outbox.append(event);
      });
      return { FailedEntryCount: answers.filter((answer) => 'ErrorCode' in answer).length, Entries: answers };
    },
  });
}

export function testEventPattern(_events: Events) {
  return operation({
    input: z.object({ EventPattern: z.string().max(4096), Event: z.string() }),
    access: () => [{ action: 'events:TestEventPattern', resource: '*' }],
    run({ EventPattern, Event }) {
      checkPattern(EventPattern);
      return { Result: matchesEvent(parseEventPattern(EventPattern), readWholeEvent(Event)) };
    },
  });
}

type ReadEntry = Pick<BusEvent, 'detail-type' | 'source' | 'resources' | 'detail'> & { time: number | undefined };

function readEntry({
  Source,
  DetailType,
  Detail,
  Resources,
  Time,
}: z.infer<typeof Entry>): ReadEntry | Exclude<Answer, { EventId: string }> {
  const missing = Object.entries({ Source, DetailType, Detail }).find(([, value]) => !value)?.[0];
  if (missing)
    return refused('InvalidArgument', `Parameter ${missing} is not valid. Reason: ${missing} is a required argument.`);
  if (Source?.startsWith('aws.')) return refused('NotAuthorizedForSourceException', 'Not authorized for the source.');
  const detail = parse(Detail ?? '');
  if (!isObject(detail)) return refused('MalformedDetail', 'Detail is malformed.');
  const time = Time === undefined ? undefined : Time * 1000;
  return { 'detail-type': DetailType ?? '', source: Source ?? '', resources: Resources ?? [], detail, time };
}

function readWholeEvent(text: string): JsonObject {
  const event = parse(text);
  if (!isObject(event))
    throw validationException('Parameter Event is not valid. Reason: the event is not a JSON object.');
  const missing = ENVELOPE.filter((name) => !Object.hasOwn(event, name));
  if (missing.length > 0)
    throw validationException(`Parameter Event is not valid. Reason: missing ${missing.join(', ')}.`);
  return event;
}

function refused(ErrorCode: string, ErrorMessage: string) {
  return { ErrorCode, ErrorMessage };
}

/** Events have whole seconds. */
function isoTime(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
