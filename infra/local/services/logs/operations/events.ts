import { z } from 'zod';
import { AwsError, type Operation, operation } from '../../../service.ts';
import type { ServiceContext } from '../../../service-context.ts';
import type { StateKey } from '../../../state/state.ts';
import { parseFilterPattern } from '../filter-pattern.ts';
import type { EventKey, LogStore, StoredEvent } from '../log-store.ts';
import { Group, groupArn, groupOf, Milliseconds, NextToken, StreamName } from '../schemas.ts';

const PAGE_EVENTS_MAX = 10_000;
/** A page of GetLogEvents is a megabyte at most. */
const PAGE_BYTES_MAX = 1024 * 1024;

const Times = { startTime: Milliseconds.optional(), endTime: Milliseconds.optional() };
const limit = z.number().int().min(1).max(PAGE_EVENTS_MAX).default(PAGE_EVENTS_MAX);

const GetLogEvents = z.object({
  ...Group,
  logStreamName: StreamName,
  ...Times,
  limit,
  nextToken: NextToken,
  startFromHead: z.boolean().default(false),
});
const FilterLogEvents = z.object({
  ...Group,
  logStreamNames: z.array(StreamName).min(1).max(100).optional(),
  logStreamNamePrefix: StreamName.optional(),
  filterPattern: z.string().max(1024).default(''),
  ...Times,
  limit,
  nextToken: NextToken,
  interleaved: z.boolean().optional(),
});

interface Entry {
  key: EventKey;
  value: StoredEvent;
}

export function eventOperations(ctx: ServiceContext, store: LogStore): Record<string, Operation> {
  return {
    GetLogEvents: operation({
      input: GetLogEvents,
      access: (input) => [
        { action: 'logs:GetLogEvents', resource: `${groupArn(ctx, groupOf(input))}:log-stream:${input.logStreamName}` },
      ],
      run: (input) => getLogEvents(store, input),
    }),
    FilterLogEvents: operation({
      input: FilterLogEvents,
      access: (input) => [{ action: 'logs:FilterLogEvents', resource: groupArn(ctx, groupOf(input)) }],
      run: (input) => filterLogEvents(store, input),
    }),
  };
}

/** Reads forwards or backwards from a token; an empty page gives the same token back, so that a reader can follow. */
function getLogEvents(store: LogStore, input: z.output<typeof GetLogEvents>) {
  const stream = store.getStream(groupOf(input), input.logStreamName);
  const from = [stream.group, stream.name];
  const token = input.nextToken === undefined ? undefined : readToken(input.nextToken);
  const isForward = token ? token.isForward : input.startFromHead;
  const first: StateKey = [...from, input.startTime ?? 0];
  const last: StateKey = [...from, input.endTime ?? Number.MAX_SAFE_INTEGER];
  const at: StateKey | undefined = token && [...from, token.timestamp, token.number];
  const range = isForward ? { start: at ?? first, end: last } : { start: at ?? last, end: first, reverse: true };
  const isAfterToken = ({ key }: Entry) => !at || key[2] !== at[2] || key[3] !== at[3];
  const found = takePage(store.events.range(range) as Iterable<Entry>, input.limit, isAfterToken);
  const events = isForward ? found : found.toReversed();
  const [head, tail] = [events[0]?.key ?? at, events.at(-1)?.key ?? at];
  return {
    events: events.map(({ value }) => ({
      timestamp: value.timestamp,
      message: value.message,
      ingestionTime: value.ingestedAtMs,
    })),
    nextForwardToken: writeToken('f', tail),
    nextBackwardToken: writeToken('b', head),
  };
}

function takePage(entries: Iterable<Entry>, limit: number, isWanted: (entry: Entry) => boolean): Entry[] {
  const page: Entry[] = [];
  let bytes = 0;
  for (const entry of entries) {
    if (!isWanted(entry)) continue;
    bytes += entry.value.message.length;
    if (page.length === limit || (bytes > PAGE_BYTES_MAX && page.length > 0)) break;
    page.push(entry);
  }
  return page;
}

function filterLogEvents(store: LogStore, input: z.output<typeof FilterLogEvents>) {
  const { name } = store.getGroup(groupOf(input));
  const matches = parseFilterPattern(input.filterPattern);
  const streams = store
    .streamsOf(name)
    .filter(
      (stream) =>
        (input.logStreamNames?.includes(stream.name) ?? true) &&
        stream.name.startsWith(input.logStreamNamePrefix ?? ''),
    );
  const { startTime = 0, endTime = Number.MAX_SAFE_INTEGER } = input;
  const found = streams.flatMap((stream) => {
    const range = { start: [name, stream.name, startTime], end: [name, stream.name, endTime + 1] };
    return ([...store.events.range(range)] as Entry[]).filter(({ value }) => matches(value.message));
  });
  found.sort((a, b) => a.value.timestamp - b.value.timestamp || (a.key[1] < b.key[1] ? -1 : 1) || a.key[3] - b.key[3]);
  const skip = input.nextToken === undefined ? 0 : Number(input.nextToken);
  if (!Number.isSafeInteger(skip) || skip < 0) throw invalidToken();
  const page = found.slice(skip, skip + input.limit);
  return {
    events: page.map(({ key, value }) => ({
      logStreamName: key[1],
      timestamp: value.timestamp,
      message: value.message,
      ingestionTime: value.ingestedAtMs,
      eventId: key.slice(1).join('/'),
    })),
    searchedLogStreams: [],
    nextToken: found.length > skip + input.limit ? String(skip + input.limit) : undefined,
  };
}

function writeToken(direction: 'f' | 'b', key: StateKey | undefined): string {
  return `${direction}/${key?.[2] ?? 0}/${key?.[3] ?? -1}`;
}

function readToken(token: string): { isForward: boolean; timestamp: number; number: number } {
  const [, direction, timestamp, number] = /^([fb])\/(\d+)\/(-?\d+)$/.exec(token) ?? [];
  if (!direction) throw invalidToken();
  return { isForward: direction === 'f', timestamp: Number(timestamp), number: Number(number) };
}

function invalidToken(): AwsError {
  return new AwsError('InvalidParameterException', 'The specified nextToken is invalid.');
}
