/**
 * Whether the files of a trail are as CloudTrail delivered them.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-custom-validation.html
 */
import { gunzipSync } from 'fflate';
import type { Digest, DigestLogFile } from './digest.ts';
import { sha256Hex } from './rsa.ts';
import type { StoredFile, TrailFiles } from './trail-files.ts';
import type { TrailProblem, Verification } from './verification.ts';
import { verifyDigests } from './verify-digests.ts';

/** Log files read at a time. */
const READS = 8;
/** Clocks of the files and of the service that tells of them. */
const TOLERANCE_MS = 10_000;

export interface VerifyTrailOptions {
  bucket: string;
  /** ISO 8601, whole seconds. */
  from: string;
  to: string;
  /**
   * What CloudTrail says of its last deliveries (GetTrailStatus), in milliseconds since the epoch: nothing in the bucket
   * tells that its newest files were taken away.
   */
  lastLogAtMs?: number;
  lastDigestAtMs?: number;
  onProgress?: (progress: { done: number; total: number }) => void;
}

export async function verifyTrail(files: TrailFiles, options: VerifyTrailOptions): Promise<Verification> {
  const { from, to, onProgress = () => undefined } = options;
  const [listedDigests, listedLogs] = await Promise.all([files.listDigests(), files.listLogs()]);
  const progress = { done: 0, total: listedDigests.length + listedLogs.length };
  const advance = () => {
    progress.done += 1;
    progress.total = Math.max(progress.total, progress.done);
    onProgress({ ...progress });
  };
  const { digests, problems } = await verifyDigests(files, listedDigests, options, advance);
  const logFiles = digests.flatMap((digest) => digest.logFiles.map((logFile) => ({ digest, logFile })));
  const logProblems = await inLanes(logFiles, READS, async (each) => {
    const problem = await logProblem(files, each.digest, each.logFile);
    advance();
    return problem;
  });
  const found = [...problems, ...logProblems.flatMap((problem) => problem ?? [])];
  const named = new Set(logFiles.map(({ logFile }) => logFile.s3Object));
  const unnamed = listedLogs.filter(({ key }) => !named.has(key));
  // Looked at as well: there is nothing yet that they could be held against.
  for (let each = 0; each < unnamed.length; each += 1) advance();
  const last = digests[0];
  const gaps = gapsOf(digests);
  const all = [
    ...found,
    ...unknownLogs(unnamed, digests, gaps),
    ...missingTail(listedDigests, options.lastDigestAtMs, 'digestTailMissing'),
    ...missingTail(listedLogs, options.lastLogAtMs, 'logTailMissing'),
  ];
  return {
    from,
    to,
    ...(last && { coveredFrom: digests.at(-1)?.digestStartTime, coveredTo: last.digestEndTime }),
    validDigests: digests.length,
    validLogFiles: logProblems.filter((problem) => !problem).length,
    waitingLogFiles: unnamed.filter(({ storedAtMs }) => !last || storedAtMs > Date.parse(last.digestStartTime)).length,
    gaps,
    problems: all.sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at))),
  };
}

async function logProblem(
  files: TrailFiles,
  { digestS3Object: namedBy, digestEndTime }: Digest,
  logFile: DigestLogFile,
): Promise<TrailProblem | undefined> {
  const { s3Bucket, s3Object: key, hashValue, oldestEventTime, newestEventTime } = logFile;
  const problem = (code: TrailProblem['code']): TrailProblem => ({
    code,
    key,
    at: newestEventTime ?? digestEndTime,
    namedBy,
    ...(oldestEventTime && { oldestEventAt: oldestEventTime }),
    ...(newestEventTime && { newestEventAt: newestEventTime }),
  });
  const bytes = await files.readLog(s3Bucket, key);
  if (!bytes) return problem('logMissing');
  try {
    return (await sha256Hex(gunzipSync(bytes))) === hashValue ? undefined : problem('logChanged');
  } catch {
    return problem('logChanged');
  }
}

/** The newest digest may have been made while a file was delivered: what is as new as that may still be named. */
function unknownLogs(unnamed: StoredFile[], digests: Digest[], gaps: Verification['gaps']): TrailProblem[] {
  const [newest] = digests;
  const oldest = digests.at(-1);
  if (!newest || !oldest) return [];
  const isCovered = (ms: number) =>
    ms > Date.parse(oldest.digestStartTime) &&
    ms <= Date.parse(newest.digestStartTime) &&
    !gaps.some(({ from, to }) => ms > Date.parse(from) && ms <= Date.parse(to) + TOLERANCE_MS);
  return unnamed
    .filter(({ storedAtMs }) => isCovered(storedAtMs))
    .map(({ key, storedAtMs }) => ({ code: 'logUnknown', key, at: isoTime(storedAtMs) }));
}

function missingTail(
  listed: StoredFile[],
  lastAtMs: number | undefined,
  code: 'digestTailMissing' | 'logTailMissing',
): TrailProblem[] {
  if (lastAtMs === undefined) return [];
  const newest = listed.reduce<StoredFile | undefined>(
    (best, file) => (best && best.storedAtMs >= file.storedAtMs ? best : file),
    undefined,
  );
  if (newest && newest.storedAtMs >= lastAtMs - TOLERANCE_MS) return [];
  return [{ code, at: isoTime(lastAtMs), ...(newest && { key: newest.key }) }];
}

/** Each digest begins where the one before ended. */
function gapsOf(digests: Digest[]): Verification['gaps'] {
  return digests
    .flatMap(({ digestStartTime: to }, index) => {
      const from = digests[index + 1]?.digestEndTime;
      return from !== undefined && from < to ? [{ from, to }] : [];
    })
    .toReversed();
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

async function inLanes<T, R>(items: T[], lanes: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results = new Array<R>(items.length);
  const waiting = items.entries();
  const lane = async () => {
    for (const [index, item] of waiting) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return results;
}
