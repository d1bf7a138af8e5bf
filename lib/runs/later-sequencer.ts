/**
 * Returns the later of two sequencers of a key's events: hexadecimal, of which the shorter is padded on its right.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventBridge.html
 */
export function laterSequencer(one: string, other: string): string {
  const length = Math.max(one.length, other.length);
  return one.toUpperCase().padEnd(length, '0') >= other.toUpperCase().padEnd(length, '0') ? one : other;
}
