import type { Place } from './version-index.ts';

export interface ListQuery<T> {
  prefix: string;
  /** Empty for none. */
  delimiter: string;
  limit: number;
  /** Where to begin: behind a key or common prefix that was listed last, or behind one version of it. */
  place: { after: string; version?: string };
  /** Entries in order, from a place on. */
  read: (from: Place) => Iterable<T & { key: string }>;
  /** Whether an entry shows in the list at all. */
  counts: (item: T) => boolean;
}

export type ListEntry<T> = { type: 'item'; item: T & { key: string } } | { type: 'prefix'; prefix: string };

export interface ListPage<T> {
  entries: ListEntry<T>[];
  /** The last thing listed, where more follows. */
  next?: { after: string; last: ListEntry<T> };
}

/**
 * One page of a listing. Keys that share the text up to the delimiter behind the prefix are rolled up into one common
 * prefix, which counts as one entry; the index is sought over what it covers, and not read.
 */
export function listPage<T>({ prefix, delimiter, limit, place, read, counts }: ListQuery<T>): ListPage<T> {
  const entries: ListEntry<T>[] = [];
  if (limit === 0) return { entries };
  const rollUp = (key: string): string | undefined => {
    const end = delimiter ? key.indexOf(delimiter, prefix.length) : -1;
    return end < 0 ? undefined : key.slice(0, end + delimiter.length);
  };
  let covered = commonPrefixOf(place.after, prefix, delimiter);
  let from: Place | undefined = begin(place, prefix, covered);
  while (from) {
    let next: Place | undefined;
    for (const item of read(from)) {
      if (!item.key.startsWith(prefix)) return { entries };
      if (!counts(item)) continue;
      const rolled = rollUp(item.key);
      if (rolled !== undefined && rolled === covered) continue;
      const last = entries.at(-1);
      if (last && entries.length === limit) return { entries, next: { after: nameOf(last), last } };
      entries.push(rolled === undefined ? { type: 'item', item } : { type: 'prefix', prefix: rolled });
      if (rolled === undefined) continue;
      covered = rolled;
      next = behind(rolled);
      break;
    }
    from = next;
  }
  return { entries };
}

/** A place after all keys that begin with `prefix`; the few that a seek may miss are passed over one by one. */
const behind = (prefix: string): Place => ({ at: `${prefix}\u{10FFFF}` });

function begin(place: ListQuery<unknown>['place'], prefix: string, covered: string | undefined): Place {
  if (covered !== undefined) return behind(covered);
  // In UTF-8 order, which is the index's, and not in JavaScript's.
  const isBefore = Buffer.compare(Buffer.from(place.after), Buffer.from(prefix)) < 0;
  return place.after === '' || isBefore ? { at: prefix } : place;
}

/** A page that ended with a common prefix goes on behind everything under it. */
function commonPrefixOf(after: string, prefix: string, delimiter: string): string | undefined {
  if (!delimiter || !after.startsWith(prefix) || !after.endsWith(delimiter)) return undefined;
  const end = after.indexOf(delimiter, prefix.length);
  return end >= 0 && end + delimiter.length === after.length ? after : undefined;
}

const nameOf = <T>(entry: ListEntry<T>): string => (entry.type === 'item' ? entry.item.key : entry.prefix);
