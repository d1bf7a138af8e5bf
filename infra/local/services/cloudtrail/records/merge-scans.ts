/**
 * A query reads thousands of files, and asks for the permission on each. The trail has the first few of one scan as they
 * were, and one record for all others of it, which says how many there were and what their keys begin with.
 */
import type { SeenCall } from '../../../recorder.ts';
import type { Further } from './record-of.ts';

/** Records of their own for the files of one scan in one bucket. */
const SINGLE_MAX = 8;

export interface Merged {
  call: SeenCall;
  further?: Further;
}

interface Scan {
  seen: number;
  /** Stands for all that have no record of their own. */
  rest?: Merged & { further: Further };
}

export function mergeScans(calls: readonly SeenCall[]): Merged[] {
  const scans = new Map<string, Scan>();
  const merged: Merged[] = [];
  for (const call of calls) {
    if (!call.access) merged.push({ call });
    else if (call.service !== 's3') merged.push(...(isOnThing(call) ? [{ call }] : []));
    else mergeRead(call, scans, merged);
  }
  return merged;
}

function mergeRead(call: SeenCall, scans: Map<string, Scan>, merged: Merged[]): void {
  const { bucket, key } = pathOf(call.access?.resource ?? '');
  const name = [call.principal.arn, call.via, call.asked.operation, call.asked.error?.code, bucket].join('\n');
  const scan = scans.get(name) ?? { seen: 0 };
  scans.set(name, scan);
  scan.seen += 1;
  if (scan.seen <= SINGLE_MAX) {
    merged.push({ call });
  } else if (scan.rest) {
    const { further } = scan.rest;
    further.furtherCalls += 1;
    further.furtherPrefix = commonStart(further.furtherPrefix, key);
  } else {
    scan.rest = { call, further: { furtherCalls: 0, furtherPrefix: key } };
    merged.push(scan.rest);
  }
}

/** The catalog asks for a permission on the table, its database and itself; the call was one. */
function isOnThing({ access, asked }: SeenCall): boolean {
  if (asked.error) return true;
  const kind = access?.resource.split(':')[5]?.split('/', 1)[0];
  if (kind === 'catalog') return asked.operation === 'GetDatabases';
  return kind !== 'database' || /Databases?$/.test(asked.operation);
}

function pathOf(arn: string): { bucket: string; key: string } {
  const path = arn.slice('arn:aws:s3:::'.length);
  const slash = path.indexOf('/');
  return slash < 0 ? { bucket: path, key: '' } : { bucket: path.slice(0, slash), key: path.slice(slash + 1) };
}

function commonStart(a: string, b: string): string {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return a.slice(0, length);
}
