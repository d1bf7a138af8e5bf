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

/** Newest first; those of one second stay as they come. */
export function newestFirst(a: TrailRecord, b: TrailRecord): number {
  if (a.eventTime === b.eventTime) return 0;
  return a.eventTime < b.eventTime ? 1 : -1;
}

/** What comes after a record in a list that is sorted newest first. */
export function recordsBehind(
  sorted: TrailRecord[],
  { eventTime, eventID }: { eventTime: string; eventID: string },
): TrailRecord[] {
  const index = sorted.findIndex((record) => record.eventID === eventID);
  return index >= 0 ? sorted.slice(index + 1) : sorted.filter((record) => record.eventTime < eventTime);
}
