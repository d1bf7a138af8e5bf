/** AWS did not answer, or not this time: another try may find it well. The state machine knows it by this name. */
export class QualityUnavailable extends Error {
  override readonly name = 'QualityUnavailable';
}

/** What the SDK has tried again for already, and a few seconds later may be another matter; a refusal stays one. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof Error) || !('$metadata' in error)) return false;
  const isRefusal = '$fault' in error && error.$fault === 'client';
  return !isRefusal || /Throttl|TooManyRequests|Timeout/.test(error.name);
}
