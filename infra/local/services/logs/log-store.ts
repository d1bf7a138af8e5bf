import { AwsError } from '../../service.ts';
import type { ServiceContext } from '../../service-context.ts';
import type { Table } from '../../state/state.ts';
import type { LogEvent } from './index.ts';

export interface LogGroup {
  name: string;
  createdAtMs: number;
  retentionInDays?: number;
  storedBytes: number;
}

export interface LogStream {
  group: string;
  name: string;
  createdAtMs: number;
  firstEventMs: number;
  lastEventMs: number;
  lastIngestionMs: number;
  storedBytes: number;
  /** Numbers events, so that those of one millisecond keep their order. */
  next: number;
}

export interface StoredEvent extends LogEvent {
  ingestedAtMs: number;
}

/** `[group, stream, timestamp, number]`. */
export type EventKey = [string, string, number, number];

/** As many as AWS adds to each event: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html */
const EVENT_OVERHEAD_BYTES = 26;
const MESSAGE_CHARACTERS_MAX = 256 * 1024;
const GROUP_BYTES_MAX = 32 * 1024 * 1024;
/** How far a full group is emptied, so that not every line has to evict. */
const GROUP_BYTES_AFTER = GROUP_BYTES_MAX * 0.9;
const DAY_MS = 86_400_000;

export class LogStore {
  readonly #ctx: ServiceContext;
  readonly groups: Table<LogGroup>;
  readonly streams: Table<LogStream>;
  readonly events: Table<StoredEvent>;

  constructor(ctx: ServiceContext) {
    this.#ctx = ctx;
    this.groups = ctx.state.table('log-groups');
    this.streams = ctx.state.table('log-streams');
    this.events = ctx.state.table('log-events');
  }

  getGroup(name: string): LogGroup {
    const group = this.groups.get([name]);
    if (!group) throw notFound('log group');
    return group;
  }

  getStream(group: string, name: string): LogStream {
    this.getGroup(group);
    const stream = this.streams.get([group, name]);
    if (!stream) throw notFound('log stream');
    return stream;
  }

  streamsOf(group: string): LogStream[] {
    return [...this.streams.under([group])].map(({ value }) => value);
  }

  async createGroup(name: string): Promise<void> {
    await this.#ctx.state.commit(() => {
      if (this.groups.get([name]))
        throw new AwsError('ResourceAlreadyExistsException', 'The specified log group already exists');
      this.groups.put([name], { name, createdAtMs: this.#ctx.clock(), storedBytes: 0 });
    });
  }

  async setRetention(name: string, retentionInDays: number | undefined): Promise<void> {
    await this.#ctx.state.commit(() => this.groups.put([name], { ...this.getGroup(name), retentionInDays }));
  }

  async deleteGroup(name: string): Promise<void> {
    await this.#ctx.state.commit(() => {
      this.getGroup(name);
      for (const { key } of [...this.events.under([name])]) this.events.remove(key);
      for (const { key } of [...this.streams.under([name])]) this.streams.remove(key);
      this.groups.remove([name]);
    });
  }

  /** Adds lines to a stream; what exceeds the group's bound pushes the oldest lines out. */
  async append(groupName: string, streamName: string, events: LogEvent[]): Promise<void> {
    if (events.length === 0) return;
    const now = this.#ctx.clock();
    await this.#ctx.state.commit(() => {
      const group = this.groups.get([groupName]) ?? { name: groupName, createdAtMs: now, storedBytes: 0 };
      const stream = this.streams.get([groupName, streamName]) ?? newStream(groupName, streamName, now, events);
      let { next } = stream;
      let bytes = 0;
      for (const { timestamp, message } of events) {
        const kept = { timestamp, message: message.slice(0, MESSAGE_CHARACTERS_MAX), ingestedAtMs: now };
        this.events.put([groupName, streamName, timestamp, next++], kept);
        bytes += sizeBytes(kept);
      }
      const times = events.map(({ timestamp }) => timestamp).concat(stream.firstEventMs, stream.lastEventMs);
      this.streams.put([groupName, streamName], {
        ...stream,
        next,
        storedBytes: stream.storedBytes + bytes,
        firstEventMs: times.reduce((a, b) => Math.min(a, b)),
        lastEventMs: times.reduce((a, b) => Math.max(a, b)),
        lastIngestionMs: now,
      });
      this.groups.put([groupName], { ...group, storedBytes: group.storedBytes + bytes });
      if (group.storedBytes + bytes > GROUP_BYTES_MAX) this.#evict(groupName, GROUP_BYTES_AFTER);
    });
  }

  /** Removes lines that are older than their group's retention. */
  async expire(): Promise<void> {
    const now = this.#ctx.clock();
    for (const { value: group } of [...this.groups.range()]) {
      if (group.retentionInDays === undefined) continue;
      const before = now - group.retentionInDays * DAY_MS;
      const old = this.streamsOf(group.name).filter(({ firstEventMs }) => firstEventMs < before);
      if (old.length > 0)
        await this.#ctx.state.commit(() =>
          old.forEach((stream) => void this.#drop(stream, ({ timestamp }) => timestamp < before)),
        );
    }
  }

  /** Inside a commit: drops lines, of the stream written least recently first, until the group is small enough. */
  #evict(groupName: string, targetBytes: number): void {
    let excess = this.getGroup(groupName).storedBytes - targetBytes;
    for (const stream of this.streamsOf(groupName).toSorted((a, b) => a.lastEventMs - b.lastEventMs)) {
      if (excess <= 0) return;
      this.#drop(stream, (event) => {
        const isDropped = excess > 0;
        excess -= isDropped ? sizeBytes(event) : 0;
        return isDropped;
      });
    }
  }

  /** Inside a commit: removes the first lines of a stream, as long as they are to go; an empty stream goes with them. */
  #drop(stream: LogStream, isDropped: (event: StoredEvent) => boolean): void {
    let bytes = 0;
    let first: StoredEvent | undefined;
    for (const { key, value } of [...this.events.under([stream.group, stream.name])]) {
      first = value;
      if (!isDropped(value)) break;
      this.events.remove(key);
      bytes += sizeBytes(value);
      first = undefined;
    }
    const group = this.getGroup(stream.group);
    this.groups.put([group.name], { ...group, storedBytes: group.storedBytes - bytes });
    if (!first) this.streams.remove([stream.group, stream.name]);
    else
      this.streams.put([stream.group, stream.name], {
        ...stream,
        firstEventMs: first.timestamp,
        storedBytes: stream.storedBytes - bytes,
      });
  }
}

function newStream(group: string, name: string, now: number, [first]: LogEvent[]): LogStream {
  const at = first?.timestamp ?? now;
  return {
    group,
    name,
    createdAtMs: now,
    firstEventMs: at,
    lastEventMs: at,
    lastIngestionMs: now,
    storedBytes: 0,
    next: 0,
  };
}

function sizeBytes({ message }: LogEvent): number {
  return Buffer.byteLength(message) + EVENT_OVERHEAD_BYTES;
}

function notFound(what: string): AwsError {
  return new AwsError('ResourceNotFoundException', `The specified ${what} does not exist.`);
}
