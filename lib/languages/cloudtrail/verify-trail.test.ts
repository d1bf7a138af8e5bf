import { gunzipSync, gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { TrailInMemory } from './testing.ts';
import { type VerifyTrailOptions, verifyTrail } from './verify-trail.ts';

let trail: TrailInMemory;
beforeEach(() => {
  trail = new TrailInMemory(5);
});

const verify = (options: VerifyTrailOptions = trail.options) => verifyTrail(trail, options);
const problems = async (options: VerifyTrailOptions = trail.options) =>
  (await verify(options)).problems.map(({ code, key }) => ({ code, key }));

/** Changes the content of a file of the trail. */
function change(files: TrailInMemory['logs'], key: string, edit: (text: string) => string): void {
  const file = files.get(key);
  if (!file) throw new Error(`no file ${key}`);
  files.set(key, { ...file, bytes: gzipSync(edit(gunzipSync(file.bytes).toString())) });
}

it('finds nothing in what is as it was delivered, and says what that proves', async () => {
  const progress: number[] = [];
  expect(await verifyTrail(trail, { ...trail.options, onProgress: ({ done }) => progress.push(done) })).toEqual({
    from: '2026-11-26T10:00:00Z',
    to: '2026-11-26T11:00:00Z',
    coveredFrom: '2026-11-26T10:00:00Z',
    coveredTo: '2026-11-26T10:05:00Z',
    validDigests: 5,
    validLogFiles: 10,
    waitingLogFiles: 0,
    gaps: [],
    problems: [],
  });
  expect(progress).toEqual(Array.from({ length: 15 }, (_, index) => index + 1));
});

it('finds nothing in an empty bucket that nothing was put into', async () => {
  trail = new TrailInMemory(0);
  const options = { ...trail.options, lastLogAtMs: undefined, lastDigestAtMs: undefined };
  expect(await verify(options)).toMatchObject({ problems: [], validDigests: 0 });
});

describe('a log file', () => {
  it('of which one bit was changed is named, with the times of its records', async () => {
    const key = trail.log(3);
    change(trail.logs, key, (text) => text.replace('eventID', 'eventIE'));
    expect((await verify()).problems).toEqual([
      {
        code: 'logChanged',
        key,
        at: '2026-11-26T10:01:39Z',
        namedBy: trail.digest(1),
        oldestEventAt: '2026-11-26T10:01:37Z',
        newestEventAt: '2026-11-26T10:01:39Z',
      },
    ]);
  });

  it('from which a record was taken, and which was packed again, is named', async () => {
    const key = trail.log(0);
    change(trail.logs, key, (text) => JSON.stringify({ Records: JSON.parse(text).Records.slice(1) }));
    expect(await problems()).toEqual([{ code: 'logChanged', key }]);
  });

  it('that is no packed file any more is named', async () => {
    const key = trail.log(0);
    trail.logs.set(key, { bytes: Buffer.from('not packed'), storedAtMs: 0 });
    expect(await problems()).toEqual([{ code: 'logChanged', key }]);
  });

  it('that was packed anew with the same content is what it was', async () => {
    change(trail.logs, trail.log(0), (text) => text);
    expect(await problems()).toEqual([]);
  });

  it('that was deleted is named', async () => {
    const key = trail.log(5);
    trail.logs.delete(key);
    expect(await problems()).toEqual([{ code: 'logMissing', key }]);
  });

  it('that was put beside the others is named', async () => {
    const [key, file] = ['forged_20261126T1002Z_X.json.gz', trail.logs.get(trail.log(4))];
    if (file) trail.logs.set(key, file);
    expect(await problems()).toEqual([{ code: 'logUnknown', key }]);
  });

  it('that no digest tells of yet waits for the next', async () => {
    trail.digests.delete(trail.digest(-1));
    const newest = { ...trail.options, lastLogAtMs: trail.options.lastLogAtMs };
    expect(await verify(newest)).toMatchObject({ waitingLogFiles: 2, validLogFiles: 8, problems: [] });
  });
});

describe('a digest', () => {
  it('that was changed is named, and proves nothing of its log files', async () => {
    const key = trail.digest(2);
    change(trail.digests, key, (text) => text.replace('"newestEventTime":"2026', '"newestEventTime":"2025'));
    expect(await verify()).toMatchObject({
      problems: [{ code: 'digestChanged', key, at: '2026-11-26T10:03:00Z', namedBy: trail.digest(3) }],
      gaps: [{ from: '2026-11-26T10:02:00Z', to: '2026-11-26T10:03:00Z' }],
      validDigests: 4,
      validLogFiles: 8,
    });
  });

  it('whose signature was taken from another is named', async () => {
    const [key, other] = [trail.digest(-1), trail.digests.get(trail.digest(0))];
    const own = trail.digests.get(key);
    if (own) trail.digests.set(key, { ...own, signature: other?.signature });
    expect(await problems()).toEqual([{ code: 'digestChanged', key }]);
  });

  it('that was replaced by an older one, whole and signed, is named', async () => {
    const key = trail.digest(3);
    const older = trail.digests.get(trail.digest(2));
    if (older) trail.digests.set(key, older);
    expect(await problems()).toEqual([{ code: 'digestMoved', key }]);
  });

  it('that was deleted in the middle is named by the next', async () => {
    const [key, namedBy] = [trail.digest(1), trail.digest(2)];
    trail.digests.delete(key);
    const { problems: found, gaps } = await verify();
    expect(found).toEqual([{ code: 'digestMissing', key, at: '2026-11-26T10:02:00Z', namedBy }]);
    expect(gaps).toEqual([{ from: '2026-11-26T10:01:00Z', to: '2026-11-26T10:02:00Z' }]);
  });

  it('that CloudTrail has no key for is named', async () => {
    trail.publicKey = async () => undefined;
    expect((await problems()).map(({ code }) => code)).toEqual(Array(5).fill('digestKeyUnknown'));
  });
});

describe('the end', () => {
  it('that was cut off is found by what CloudTrail says of its last deliveries', async () => {
    const { options } = trail;
    const [digest, ...logs] = [trail.digest(-1), trail.log(-1), trail.log(-2)];
    trail.digests.delete(digest);
    for (const key of logs) trail.logs.delete(key);
    expect((await verify(options)).problems).toEqual([
      { code: 'logTailMissing', key: trail.log(-1), at: '2026-11-26T10:04:40Z' },
      { code: 'digestTailMissing', key: trail.digest(-1), at: '2026-11-26T10:05:00Z' },
    ]);
  });

  it('that was cut off with all that was before is found', async () => {
    const { options } = trail;
    trail.digests.clear();
    trail.logs.clear();
    expect(await problems(options)).toEqual([{ code: 'logTailMissing' }, { code: 'digestTailMissing' }]);
  });
});
