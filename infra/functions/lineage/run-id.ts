import { createHash } from 'node:crypto';

/** Of the namespace for URLs. https://www.rfc-editor.org/rfc/rfc9562#name-namespace-id-usage-and-allo */
const NAMESPACE = Buffer.from('6ba7b8119dad11d180b400c04fd430c8', 'hex');

/** The UUID (version 5) that stands for an execution: OpenLineage knows runs by UUIDs alone, and an execution has any name. */
export function runIdOf(executionArn: string): string {
  const hash = createHash('sha1').update(NAMESPACE).update(executionArn).digest().subarray(0, 16);
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  return hash.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
