import type { Lake } from '@/lib/aws/lake';
import { type Zone, zones } from '@/lib/storage/schemas';
import { zoneBucket } from '@/lib/storage/zone-bucket';

/** Returns the zone that a table's rows lie in; undefined for what lies outside of the lake, and for views. */
export function zoneOfLocation(location: string | undefined, lake: Lake): Zone | undefined {
  const bucket = /^s3[an]?:\/\/([^/]+)/.exec(location ?? '')?.[1];
  return zones.find((zone) => zoneBucket(lake, zone) === bucket);
}
