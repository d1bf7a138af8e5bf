import type { Zone } from '@/lib/storage/schemas';
import type { VersionRef } from './schemas';

/** Returns the raw version that an object was made of, by the metadata that the pipeline gave it. */
export function sourceOfCopy(
  { zone, key }: { zone: Zone; key: string },
  metadata: Record<string, string>,
): VersionRef | undefined {
  const versionId = metadata['source-version'];
  if (!versionId) return undefined;
  if (zone === 'quarantine') return { zone: 'raw', key, versionId };
  const sourceKey = metadata['source-key'];
  if (zone !== 'processed' || !sourceKey) return undefined;
  return { zone: 'raw', key: decode(sourceKey), versionId };
}

/** Metadata travels in headers, so keys are percent-encoded in it; an object that somebody else made may hold anything. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
