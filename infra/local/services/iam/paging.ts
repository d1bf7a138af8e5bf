import { AwsError } from '../../service.ts';

export interface PageInput {
  Marker?: string;
  MaxItems: number;
}

/** One page of named items in the order of their names, and the members that tell whether there are more. */
export function page<T>(items: Iterable<T>, nameOf: (item: T) => string, { Marker, MaxItems }: PageInput) {
  const after = Marker === undefined ? undefined : readMarker(Marker);
  const found: T[] = [];
  for (const item of items) {
    if (after !== undefined && nameOf(item) <= after) continue;
    if (found.length === MaxItems)
      return { items: found, more: { IsTruncated: true, Marker: toMarker(nameOf(found.at(-1) as T)) } };
    found.push(item);
  }
  return { items: found, more: { IsTruncated: false } };
}

function toMarker(name: string): string {
  return Buffer.from(name).toString('base64url');
}

function readMarker(marker: string): string {
  const name = Buffer.from(marker, 'base64url').toString();
  if (toMarker(name) !== marker) throw new AwsError('ValidationError', `Invalid Marker: ${marker}`);
  return name;
}
