import type { ObjectVersion } from '../object-version.ts';
import type { LifecycleFilter, LifecycleRule, When } from './rules.ts';

export const DAY_MS = 24 * 3600 * 1000;
/** Smaller objects stay where they are unless a filter speaks of sizes. */
const TRANSITION_BYTES_MIN = 128 * 1024;

/** What is to be done with one version. */
export type Due = { version: ObjectVersion; action: 'expire' | 'remove' } | { version: ObjectVersion; label: string };

/**
 * The first midnight (UTC) by which so many days have gone by since `from`.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html#intro-lifecycle-rules-number-of-days
 */
export const midnightAfter = (from: number, days: number): number =>
  Math.ceil((from + days * DAY_MS) / DAY_MS) * DAY_MS;

function matches(filter: LifecycleFilter, { key, size, tags, isDeleteMarker }: ObjectVersion): boolean {
  if (!key.startsWith(filter.prefix)) return false;
  if (isDeleteMarker) return filter.tags.length === 0 && filter.above === undefined && filter.below === undefined;
  if (filter.above !== undefined && size <= filter.above) return false;
  if (filter.below !== undefined && size >= filter.below) return false;
  return filter.tags.every(([name, value]) => tags[name] === value);
}

const timeOf = ({ days, at }: When, from: number): number | undefined =>
  days === undefined ? at : midnightAfter(from, days);

/** When and by which rule an object that is current expires; the earliest where several rules mean it. */
export function expiryOf(rules: LifecycleRule[], version: ObjectVersion): { at: number; ruleId: string } | undefined {
  let first: { at: number; ruleId: string } | undefined;
  for (const { id, isEnabled, filter, expiration } of rules) {
    const at =
      isEnabled && expiration && matches(filter, version) ? timeOf(expiration, version.lastModified) : undefined;
    if (at !== undefined && (!first || at < first.at)) first = { at, ruleId: id };
  }
  return first;
}

/** What the rules want done with one key's versions, newest first, at a time. */
export function dueOf(rules: LifecycleRule[], versions: ObjectVersion[], now: number): Due[] {
  const enabled = rules.filter(({ isEnabled }) => isEnabled);
  const [current, ...noncurrent] = versions;
  if (!current) return [];
  const due = noncurrent.flatMap((version, i) => {
    const since = versions[i]?.lastModified ?? now;
    return noncurrentDue(enabled, version, i, midnightPassed(since, now)) ?? [];
  });
  return [...due, ...(currentDue(enabled, current, noncurrent.length === 0, now) ?? [])];
}

const midnightPassed = (since: number, now: number) => (days: number) => now >= midnightAfter(since, days);

function noncurrentDue(
  rules: LifecycleRule[],
  version: ObjectVersion,
  newer: number,
  isPast: (days: number) => boolean,
): Due | undefined {
  const meant = rules.filter(({ filter }) => matches(filter, version));
  const isOver = meant.some(({ noncurrentExpiration: over }) => over && newer >= over.keeps && isPast(over.days));
  if (isOver) return { version, action: 'remove' };
  const moves = meant.flatMap(({ noncurrentTransitions, filter }) =>
    noncurrentTransitions.filter((move) => newer >= move.keeps && isPast(move.days) && isBigEnough(filter, version)),
  );
  return labelled(version, moves.toSorted((a, b) => a.days - b.days).at(-1)?.storageClass);
}

function currentDue(rules: LifecycleRule[], version: ObjectVersion, isAlone: boolean, now: number): Due[] | undefined {
  const meant = rules.filter(({ filter }) => matches(filter, version));
  if (version.isDeleteMarker) {
    // A marker that hides nothing any more goes by its own rule, or once it is as old as objects may get.
    const isOver = meant.some(
      ({ expiration }) =>
        expiration?.deleteMarker ||
        (expiration?.days !== undefined && now >= midnightAfter(version.lastModified, expiration.days)),
    );
    return isAlone && isOver ? [{ version, action: 'remove' }] : undefined;
  }
  const expiry = expiryOf(meant, version);
  if (expiry && now >= expiry.at) return [{ version, action: 'expire' }];
  const moves = meant.flatMap(({ transitions, filter }) =>
    transitions.flatMap((move) => {
      const at = timeOf(move, version.lastModified);
      return at !== undefined && now >= at && isBigEnough(filter, version) ? [{ at, label: move.storageClass }] : [];
    }),
  );
  const label = labelled(version, moves.toSorted((a, b) => a.at - b.at).at(-1)?.label);
  return label && [label];
}

const isBigEnough = ({ above, below }: LifecycleFilter, { size }: ObjectVersion): boolean =>
  above !== undefined || below !== undefined || size >= TRANSITION_BYTES_MIN;

const labelled = (version: ObjectVersion, label: string | undefined): Due | undefined =>
  label === undefined || label === version.storageClass || version.isDeleteMarker ? undefined : { version, label };
