import { z } from 'zod';
import { AppError } from '@/lib/errors';
import type { TrailRecord } from '@/lib/languages/cloudtrail/record.ts';

/** Where a search goes on: in the files of a minute, behind one of their records if it stopped among them. */
const SearchPosition = z.object({
  minute: z.iso.datetime(),
  behind: z.object({ eventTime: z.string(), eventID: z.string() }).optional(),
});
export type SearchPosition = z.infer<typeof SearchPosition>;

export function printPosition(position: SearchPosition): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

export function parsePosition(text: string | undefined): SearchPosition | undefined {
  if (text === undefined) return undefined;
  try {
    return SearchPosition.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
  } catch (cause) {
    throw new AppError(
      'INVALID',
      'This is no place in the trail that a search has come to. Search again from the start.',
      {
        cause,
      },
    );
  }
}

/** Newest first; records of one second stay in an order that is always the same. */
export function newestFirst(a: TrailRecord, b: TrailRecord): number {
  if (a.eventTime !== b.eventTime) return a.eventTime < b.eventTime ? 1 : -1;
  return a.eventID < b.eventID ? 1 : -1;
}

export function isBehind(record: TrailRecord, { eventTime, eventID }: { eventTime: string; eventID: string }): boolean {
  return record.eventTime < eventTime || (record.eventTime === eventTime && record.eventID < eventID);
}
