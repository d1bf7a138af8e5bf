/**
 * Where a trail's files lie.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html
 */
export interface TrailPlace {
  account: string;
  /** Where the events happened. */
  region: string;
  /** The trail's own prefix in its bucket, without a slash at its end. */
  prefix?: string;
}

/** `AWSLogs/…/CloudTrail/eu-west-3/2026/11/26/`, for a day. */
export function logPrefix(place: TrailPlace, day?: Date): string {
  return folderOf(place, 'CloudTrail', day);
}

export function digestPrefix(place: TrailPlace, day?: Date): string {
  return folderOf(place, 'CloudTrail-Digest', day);
}

/** `…_CloudTrail_eu-west-3_20261126T1005Z_Xk2….json.gz`; the time is that of its delivery. */
export function logFileKey(place: TrailPlace, at: Date, unique: string): string {
  const minute = stamp(at).replace(/\d\dZ$/, 'Z');
  return `${logPrefix(place, at)}${place.account}_CloudTrail_${place.region}_${minute}_${unique}.json.gz`;
}

export function digestFileKey(place: TrailPlace, trail: { name: string; homeRegion: string }, end: Date): string {
  const name = `${place.account}_CloudTrail-Digest_${place.region}_${trail.name}_${trail.homeRegion}_${stamp(end)}`;
  return `${digestPrefix(place, end)}${name}.json.gz`;
}

const TIME_OF_LOG = /_(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)Z_[^_/]+\.json\.gz$/;
const TIME_OF_DIGEST = /_(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z(?:_backfill)?\.json\.gz$/;

/** The minute in the name of a log file, ISO 8601; undefined for what is none. */
export function logFileMinute(key: string): string | undefined {
  const [, year, month, day, hour, minute] = TIME_OF_LOG.exec(key) ?? [];
  return year && `${year}-${month}-${day}T${hour}:${minute}:00Z`;
}

export function digestFileEnd(key: string): string | undefined {
  const [, year, month, day, hour, minute, second] = TIME_OF_DIGEST.exec(key) ?? [];
  return year && `${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
}

function folderOf({ account, region, prefix }: TrailPlace, kind: string, day: Date | undefined): string {
  const date = day ? `${day.toISOString().slice(0, 10).replaceAll('-', '/')}/` : '';
  return `${prefix ? `${prefix}/` : ''}AWSLogs/${account}/${kind}/${region}/${date}`;
}

/** `20261126T100502Z`. */
function stamp(at: Date): string {
  return at
    .toISOString()
    .replace(/\.\d{3}Z$/, 'Z')
    .replaceAll(/[-:]/g, '');
}
