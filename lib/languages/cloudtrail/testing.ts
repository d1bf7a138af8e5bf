import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { type Digest, digestStringToSign } from './digest.ts';
import { digestFileKey, logFileKey } from './file-names.ts';
import type { TrailFiles } from './trail-files.ts';

const BUCKET = 'trail';
const PLACE = { account: '111122223333', region: 'eu-west-3' };
const START = Date.parse('2026-11-26T10:00:00Z');
const MINUTE_MS = 60_000;

interface Stored {
  bytes: Buffer;
  signature?: string;
  storedAtMs: number;
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const iso = (ms: number) => new Date(ms).toISOString().replace('.000Z', 'Z');

const keys = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'pkcs1', format: 'der' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

/** A trail in memory, as CloudTrail delivers one: two log files and a digest each minute. */
export class TrailInMemory implements TrailFiles {
  readonly logs = new Map<string, Stored>();
  readonly digests = new Map<string, Stored>();
  #last: { key: string; hash: string; signature: string } | undefined;

  constructor(minutes: number) {
    for (let minute = 0; minute < minutes; minute++) this.#deliver(START + minute * MINUTE_MS);
  }

  get options() {
    const newest = (files: Map<string, Stored>) => Math.max(...[...files.values()].map(({ storedAtMs }) => storedAtMs));
    return {
      bucket: BUCKET,
      from: iso(START),
      to: iso(START + 3_600_000),
      lastLogAtMs: newest(this.logs),
      lastDigestAtMs: newest(this.digests),
    };
  }

  log(index: number): string {
    return [...this.logs.keys()].at(index) ?? '';
  }

  digest(index: number): string {
    return [...this.digests.keys()].at(index) ?? '';
  }

  #deliver(fromMs: number): void {
    const endMs = fromMs + MINUTE_MS;
    const logFiles = [0, 1].map((half) => this.#log(fromMs + 20_000 + half * 20_000));
    const key = digestFileKey(PLACE, { name: 'lacustre', homeRegion: PLACE.region }, new Date(endMs));
    const last = this.#last;
    const digest: Digest = {
      awsAccountId: PLACE.account,
      digestStartTime: iso(fromMs),
      digestEndTime: iso(endMs),
      digestS3Bucket: BUCKET,
      digestS3Object: key,
      digestPublicKeyFingerprint: 'fingerprint',
      digestSignatureAlgorithm: 'SHA256withRSA',
      newestEventTime: iso(fromMs),
      oldestEventTime: iso(fromMs),
      previousDigestS3Bucket: last ? BUCKET : null,
      previousDigestS3Object: last?.key ?? null,
      previousDigestHashValue: last?.hash ?? null,
      previousDigestHashAlgorithm: last ? 'SHA-256' : null,
      previousDigestSignature: last?.signature ?? null,
      logFiles,
    };
    this.putDigest(key, digest, endMs);
  }

  putDigest(key: string, digest: Digest, storedAtMs: number): void {
    const text = JSON.stringify(digest);
    const hash = sha256(text);
    const toSign = Buffer.from(digestStringToSign(digest, hash));
    const signature = sign('sha256', toSign, keys.privateKey).toString('hex');
    this.digests.set(key, { bytes: gzipSync(text), signature, storedAtMs });
    this.#last = { key, hash, signature };
  }

  #log(atMs: number) {
    const records = [1, 2, 3].map((n) => ({ eventID: `${atMs}-${n}`, eventTime: iso(atMs - n * 1000) }));
    const text = JSON.stringify({ Records: records });
    const key = logFileKey(PLACE, new Date(atMs), `N${atMs}`);
    this.logs.set(key, { bytes: gzipSync(text), storedAtMs: atMs });
    const times = { oldestEventTime: iso(atMs - 3000), newestEventTime: iso(atMs - 1000) };
    return { s3Bucket: BUCKET, s3Object: key, hashValue: sha256(text), hashAlgorithm: 'SHA-256' as const, ...times };
  }

  listDigests = async () => listOf(this.digests);
  listLogs = async () => listOf(this.logs);
  readDigest = async (_bucket: string, key: string) => this.digests.get(key);
  readLog = async (_bucket: string, key: string) => this.logs.get(key)?.bytes;
  publicKey = async (fingerprint: string) => (fingerprint === 'fingerprint' ? keys.publicKey : undefined);
}

function listOf(files: Map<string, Stored>) {
  return [...files].map(([key, { storedAtMs }]) => ({ key, storedAtMs }));
}
