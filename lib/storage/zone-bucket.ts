import type { Lake } from '@/lib/aws/lake';
import type { Zone } from './schemas';

export function zoneBucket(lake: Lake, zone: Zone): string {
  const buckets: Record<Zone, string> = {
    raw: lake.rawBucket,
    quarantine: lake.quarantineBucket,
    processed: lake.processedBucket,
    results: lake.resultsBucket,
  };
  return buckets[zone];
}
