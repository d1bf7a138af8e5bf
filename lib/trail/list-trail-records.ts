import 'server-only';
import { type Context, requirePermission } from '@/lib/auth';
import { getLake, type Lake } from '@/lib/aws/lake';
import { withLimit } from '@/lib/aws/with-limit';
import { actorOf } from '@/lib/languages/cloudtrail/actor.ts';
import { isDenied, type TrailRecord } from '@/lib/languages/cloudtrail/record.ts';
import { daysBack, listLogsOfDay, minuteOf, readRecords, trailPlaces } from './log-files';
import { ListTrailRecords, type TrailRecordPage } from './schemas';
import { newestFirst, parsePosition, printPosition, recordsBehind, type SearchPosition } from './search-position';

/** One call reads no more than this, whether it finds something or not. */
const FILES_MAX = 240;
const RECORDS_MAX = 200;
const READS_AT_ONCE = 12;
/** A file is delivered after its records, on AWS up to a quarter of an hour: https://aws.amazon.com/cloudtrail/faqs/ */
const LATEST_MS = 20 * 60_000;
const MINUTE_MS = 60_000;

type Filter = ReturnType<typeof ListTrailRecords.parse>;

/** The log files that were delivered in one minute. */
interface Minute {
  minute: string;
  keys: string[];
}

/** Returns records of the trail, newest first: a page, and where the search goes on. */
export async function listTrailRecords(ctx: Context, raw: ListTrailRecords): Promise<TrailRecordPage> {
  requirePermission(ctx, 'audit:read');
  const filter = ListTrailRecords.parse(raw);
  const start = parsePosition(filter.after);
  const lake = await getLake();
  const matches = matcher(filter);
  const records: TrailRecord[] = [];
  let filesRead = 0;
  for await (const minutes of minutesBack(ctx, lake, filter, start)) {
    const read = await withLimit(minutes, READS_AT_ONCE, (each) => readMinute(ctx, lake, each));
    for (const [index, { minute, keys }] of minutes.entries()) {
      const behind = start?.minute === minute ? start.behind : undefined;
      const all = (read[index] ?? []).filter(matches);
      const found = behind ? recordsBehind(all, behind) : all;
      const room = RECORDS_MAX - records.length;
      records.push(...found.slice(0, room));
      filesRead += keys.length;
      if (found.length > room) return pageOf(records, { minute, behind: found[room - 1] });
      if (filesRead >= FILES_MAX || records.length >= RECORDS_MAX) {
        return pageOf(records, { minute: minuteBefore(minute) });
      }
    }
  }
  return { records: records.sort(newestFirst), searchedTo: filter.from };
}

function pageOf(records: TrailRecord[], { minute, behind }: SearchPosition): TrailRecordPage {
  const last = behind && { eventTime: behind.eventTime, eventID: behind.eventID };
  const next = printPosition({ minute, ...(last && { behind: last }) });
  return { records: records.sort(newestFirst), next, searchedTo: minute };
}

/** Minutes with log files, newest first, some at a time. */
async function* minutesBack(
  ctx: Context,
  lake: Lake,
  { from, to }: Filter,
  start: SearchPosition | undefined,
): AsyncIterable<Minute[]> {
  const fromMs = Date.parse(from) - MINUTE_MS;
  const toMs = Math.min(Date.parse(to) + LATEST_MS, start ? Date.parse(start.minute) : Number.POSITIVE_INFINITY);
  for (const day of daysBack(fromMs, toMs)) {
    const listed = await Promise.all(trailPlaces(lake).map((place) => listLogsOfDay(ctx, lake, place, day)));
    const byMinute = new Map<string, string[]>();
    for (const file of listed.flat()) {
      const minute = minuteOf(file);
      const atMs = Date.parse(minute);
      if (atMs < fromMs || atMs > toMs || minute === '') continue;
      byMinute.set(minute, [...(byMinute.get(minute) ?? []), file.key]);
    }
    const minutes = [...byMinute].map(([minute, keys]) => ({ minute, keys }));
    minutes.sort((a, b) => (a.minute < b.minute ? 1 : -1));
    for (let at = 0; at < minutes.length; at += READS_AT_ONCE) yield minutes.slice(at, at + READS_AT_ONCE);
  }
}

async function readMinute(ctx: Context, lake: Lake, { keys }: Minute): Promise<TrailRecord[]> {
  const files = await withLimit(keys, READS_AT_ONCE, (key) => readRecords(ctx, lake, key));
  // In a file the older come first.
  return files.flat().toReversed().sort(newestFirst);
}

function matcher({ from, to, text, person, service, outcome }: Filter): (record: TrailRecord) => boolean {
  const [fromMs, toMs] = [Date.parse(from), Date.parse(to)];
  const wantedText = text?.toLowerCase();
  const wantedPerson = person?.toLowerCase();
  return (record) => {
    const at = Date.parse(record.eventTime);
    if (at < fromMs || at > toMs) return false;
    if (service && record.eventSource !== `${service}.amazonaws.com`) return false;
    if (outcome && outcome !== outcomeOf(record)) return false;
    const { name, roleName = '' } = actorOf(record);
    if (wantedPerson && !`${name}\n${roleName}`.toLowerCase().includes(wantedPerson)) return false;
    return !wantedText || JSON.stringify(record).toLowerCase().includes(wantedText);
  };
}

function outcomeOf(record: TrailRecord): NonNullable<Filter['outcome']> {
  if (record.errorCode === undefined) return 'succeeded';
  return isDenied(record) ? 'denied' : 'failed';
}

function minuteBefore(minute: string): string {
  return new Date(Date.parse(minute) - MINUTE_MS).toISOString();
}
