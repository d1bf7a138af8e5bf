import { s3Error } from './errors.ts';
import { type ObjectVersion, wholeSeconds } from './object-version.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html */
export interface WriteConditions {
  /** An ETag, or `*` for "it exists". */
  ifMatch?: string;
  /** Only `*`: "there is none yet". */
  ifNoneMatch?: string;
}

/** Decides a conditional write; only what it says inside the commit counts. */
export function checkWriteConditions(conditions: WriteConditions, current: ObjectVersion | undefined): void {
  const existing = current?.isDeleteMarker ? undefined : current;
  if (conditions.ifNoneMatch !== undefined && existing) throw failed('If-None-Match');
  if (conditions.ifMatch === undefined) return;
  if (!existing) throw s3Error('NoSuchKey', current ? { Key: current.key } : {});
  if (!matches(conditions.ifMatch, existing.etag)) throw failed('If-Match');
}

/** The conditions of a write, from its headers; `If-None-Match` knows no ETags there. */
export function writeConditionsOf(headers: Record<string, string>): WriteConditions {
  const ifNoneMatch = headers['if-none-match'];
  if (ifNoneMatch !== undefined && ifNoneMatch !== '*') throw s3Error('NotImplemented', { Header: 'If-None-Match' });
  return { ifMatch: headers['if-match'], ifNoneMatch };
}

/** The four headers by which a reader says what it has; the source of a copy has them under other names. */
export interface ReadConditions {
  ifMatch?: string;
  ifNoneMatch?: string;
  ifModifiedSince?: string;
  ifUnmodifiedSince?: string;
}

export function readConditionsOf(headers: Record<string, string>, prefix = ''): ReadConditions {
  return {
    ifMatch: headers[`${prefix}if-match`],
    ifNoneMatch: headers[`${prefix}if-none-match`],
    ifModifiedSince: headers[`${prefix}if-modified-since`],
    ifUnmodifiedSince: headers[`${prefix}if-unmodified-since`],
  };
}

/**
 * What the conditions of a read come to. An ETag outweighs a date:
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html#API_GetObject_RequestSyntax
 */
export function decideRead(conditions: ReadConditions, version: ObjectVersion): 'send' | 'not-modified' {
  const { ifMatch, ifNoneMatch } = conditions;
  const modified = wholeSeconds(version.lastModified);
  if (ifMatch !== undefined && !matches(ifMatch, version.etag)) throw failed('If-Match');
  const unmodifiedSince = timeOf(conditions.ifUnmodifiedSince);
  if (ifMatch === undefined && unmodifiedSince !== undefined && modified > unmodifiedSince) {
    throw failed('If-Unmodified-Since');
  }
  if (ifNoneMatch !== undefined) return matches(ifNoneMatch, version.etag) ? 'not-modified' : 'send';
  const modifiedSince = timeOf(conditions.ifModifiedSince);
  return modifiedSince !== undefined && modified <= modifiedSince ? 'not-modified' : 'send';
}

export const failed = (condition: string) => s3Error('PreconditionFailed', { Condition: condition });

function matches(header: string, etag: string): boolean {
  return header.split(',').some((each) => {
    const wanted = each.trim().replace(/^W\//, '').replace(/^"|"$/g, '');
    return wanted === '*' || wanted === etag;
  });
}

/** A date that cannot be read is no condition. */
function timeOf(date: string | undefined): number | undefined {
  const time = Date.parse(date ?? '');
  return Number.isNaN(time) ? undefined : time;
}
