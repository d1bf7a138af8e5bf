/**
 * Follows the chain of digests from the newest to the oldest. Each is signed, and holds the hash and the signature of
 * the one before it; so a digest that was changed, or taken out of the middle, is named by the next one.
 */
import { gunzipSync } from 'fflate';
import { Digest, digestStringToSign } from './digest.ts';
import { digestFileEnd } from './file-names.ts';
import { isSignedBy, sha256Hex } from './rsa.ts';
import type { StoredDigest, StoredFile, TrailFiles } from './trail-files.ts';
import type { TrailProblem } from './verification.ts';

export interface DigestChain {
  /** Newest first; only those that are whole. */
  digests: Digest[];
  problems: TrailProblem[];
}

/** What the next newer digest says of this one. */
interface Link {
  bucket: string;
  key: string;
  hashValue: string | null;
  signature: string | null;
  namedBy: string;
}

/** `from` is where to stop: digests that ended before it are not asked for. */
export async function verifyDigests(
  files: TrailFiles,
  listed: readonly StoredFile[],
  { bucket, from }: { bucket: string; from: string },
  onDigest: () => void = () => undefined,
): Promise<DigestChain> {
  const chain: DigestChain = { digests: [], problems: [] };
  const waiting = listed.map(({ key }) => key).sort(byEnd);
  const seen = new Set<string>();
  let link: Link | undefined;
  for (let key = waiting.pop(); key !== undefined; key = link?.key ?? nextOf(waiting, seen)) {
    seen.add(key);
    const read = await readDigest(files, { bucket: link?.bucket ?? bucket, key }, link);
    onDigest();
    if ('problem' in read) chain.problems.push(read.problem);
    else chain.digests.push(read.digest);
    // What a digest that is not whole says of the one before is worth nothing: that one is looked at by itself.
    link = 'digest' in read ? linkOf(read.digest) : undefined;
    if (link && (seen.has(link.key) || endOf(link.key) < from)) link = undefined;
  }
  chain.digests.sort((a, b) => (a.digestEndTime < b.digestEndTime ? 1 : -1));
  return chain;
}

function nextOf(waiting: string[], seen: Set<string>): string | undefined {
  let key = waiting.pop();
  while (key !== undefined && seen.has(key)) key = waiting.pop();
  return key;
}

async function readDigest(
  files: TrailFiles,
  { bucket, key }: { bucket: string; key: string },
  link: Link | undefined,
): Promise<{ digest: Digest } | { problem: TrailProblem }> {
  const problem = (code: TrailProblem['code']) => ({
    problem: { code, key, at: endOf(key), ...(link && { namedBy: link.namedBy }) },
  });
  const stored = await files.readDigest(bucket, key);
  if (!stored) return problem('digestMissing');
  const content = unpacked(stored);
  const digest = content && parsed(content);
  if (!digest) return problem('digestChanged');
  if (digest.digestS3Bucket !== bucket || digest.digestS3Object !== key) return problem('digestMoved');
  const publicKey = await files.publicKey(digest.digestPublicKeyFingerprint);
  if (!publicKey) return problem('digestKeyUnknown');
  const hashValue = await sha256Hex(content);
  const isSigned = await isSignedBy(publicKey, stored.signature ?? '', digestStringToSign(digest, hashValue));
  const isAsLinked = !link || (link.hashValue === hashValue && link.signature === stored.signature);
  return isSigned && isAsLinked ? { digest } : problem('digestChanged');
}

function linkOf(digest: Digest): Link | undefined {
  const { previousDigestS3Bucket: bucket, previousDigestS3Object: key } = digest;
  if (bucket === null || key === null) return undefined;
  const { previousDigestHashValue: hashValue, previousDigestSignature: signature, digestS3Object: namedBy } = digest;
  return { bucket, key, hashValue, signature, namedBy };
}

function unpacked({ bytes }: StoredDigest): Uint8Array | undefined {
  try {
    return gunzipSync(bytes);
  } catch {
    return undefined;
  }
}

function parsed(content: Uint8Array): Digest | undefined {
  try {
    return Digest.safeParse(JSON.parse(new TextDecoder().decode(content))).data;
  } catch {
    return undefined;
  }
}

/** By the time in their names; what has none there is looked at first. */
function byEnd(a: string, b: string): number {
  const [first, second] = [endOf(a), endOf(b)];
  return first < second ? -1 : Number(first > second);
}

function endOf(key: string): string {
  return digestFileEnd(key) ?? '';
}
