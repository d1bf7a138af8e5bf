/** The chain of audit events: it is one whoever writes at once, and whatever is changed afterwards is found and named. */
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Context } from '@/lib/auth/context';
import { Database } from '@/lib/db/database';
import { AppError } from '@/lib/errors';
import { type NewEvent, writeEvents } from './append-event';
import { auditKey } from './audit-key';
import { beginChain } from './begin-chain';
import { eventHash, GENESIS } from './chain/event-hash';
import type { ChainVerification } from './chain/finding';
import { signHead } from './chain/signed-head';
import { type Anchor, verifyChain } from './chain/verify-chain';
import { chainSource } from './chain-source';
import { recordAudit } from './record-audit';
import { runAudited } from './run-audited';

let database: Database;
vi.mock('@/lib/db', () => ({ db: async () => database.prisma }));

beforeAll(async () => {
  database = await Database.start({ folder: 'memory://' });
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.prisma.auditEvent.deleteMany();
  await database.prisma.auditHead.deleteMany();
});

const someone = (): Context => ({
  user: { id: 'u', email: 'ada@example.com', name: 'Ada' },
  role: 'engineer',
  // Nothing here calls AWS.
  aws: undefined as unknown as Context['aws'],
  requestId: 'r1',
  origin: { sourceIp: '192.0.2.7', userAgent: 'a browser' },
});
const event = (subject: string): NewEvent => ({
  actorEmail: 'ada@example.com',
  actorRole: 'engineer',
  action: 'x.y',
  subject,
  details: { b: 1, a: 'two', '10': null, ok: true },
  requestId: 'r',
  outcome: 'done',
  sourceIp: null,
  userAgent: null,
});
const write = (...subjects: string[]) => writeEvents(database.prisma, subjects.map(event));
const rows = () => database.prisma.auditEvent.findMany({ orderBy: { sequence: 'asc' } });

async function verify(anchors?: Anchor[], isAnchorSigned = true): Promise<ChainVerification> {
  const key = await auditKey();
  const source = { ...chainSource(database.prisma, undefined, key) };
  if (anchors) Object.assign(source, { anchors: async () => anchors, isAnchorSigned: async () => isAnchorSigned });
  const walk = verifyChain(source, key);
  for (;;) {
    const { done, value } = await walk.next();
    if (done) return value;
  }
}
const found = async (...args: Parameters<typeof verify>) =>
  (await verify(...args)).findings.map(({ code, sequence, until }) =>
    [code, sequence, until].filter((x) => x !== undefined),
  );

describe('the chain', () => {
  test('is one, and whole, whoever writes at once', async () => {
    const own = Array.from({ length: 25 }, (_, at) => recordAudit(someone(), { action: 'x.y', subject: `a${at}` }));
    // As other consoles on the same database write: each in a transaction of its own.
    const others = Array.from({ length: 25 }, (_, at) => write(`b${at}`));
    await Promise.all([...own, ...others]);
    const links = await rows();
    expect(links.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 50 }, (_, at) => at + 1));
    expect(links[0]?.previousHash).toBe(GENESIS);
    expect(new Set(links.map(({ subject }) => subject)).size).toBe(50);
    expect(await verify()).toMatchObject({ checked: 50, findingCount: 0, anchors: null });
  });

  test('takes in what was there before it, once, in the order of time', async () => {
    const { id: _id, ...old } = { id: 0, actorEmail: 'a', actorRole: 'viewer', action: 'x.y', requestId: 'r' };
    const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute));
    const subjects = Array.from({ length: 1203 }, (_, n) => n);
    const data = subjects.toReversed().map((n) => ({ ...old, subject: String(n), at: at(n) }));
    await database.prisma.auditEvent.createMany({ data });
    expect(await Promise.all([beginChain(database.prisma), beginChain(database.prisma)])).toContain(1203);
    await write('new');
    expect((await rows()).map(({ subject }) => subject)).toEqual([...subjects.map(String), 'new']);
    expect(await verify()).toMatchObject({ checked: 1204, findings: [] });
    expect(await beginChain(database.prisma)).toBe(0);
  });

  test('keeps who, where from and what became of it', async () => {
    await recordAudit(someone(), { action: 'x.y', subject: 's', details: { n: 1 }, outcome: 'failed' });
    expect(await rows()).toMatchObject([
      { actorEmail: 'ada@example.com', outcome: 'failed', sourceIp: '192.0.2.7', userAgent: 'a browser', sequence: 1 },
    ]);
  });

  test('takes what no database would, and no secret', async () => {
    const subject = 'a\0b \ud800 https://s3/x?X-Amz-Signature=abcdef&X-Amz-Date=1';
    const details = { password: 'hunter2hunter2', size: Number.NaN, note: 'Bearer abcdefghijkl' };
    await recordAudit(someone(), { action: 'x.y', subject, details });
    const [row] = await rows();
    expect(row?.subject).toBe('a\ufffdb \ufffd https://s3/x?[redacted]');
    expect(row?.details).toEqual({ password: '[redacted]', size: null, note: 'Bearer [redacted]' });
    expect(await found()).toEqual([]);
  });
});

describe('what is done to the database behind the console’s back', () => {
  const subjects = ['1', '2', '3', '4', '5', '6'];
  beforeEach(() => write(...subjects));
  const sql = (statement: string) => database.prisma.$executeRawUnsafe(statement);

  test.each([
    [`subject = 'other'`],
    [`details = '{"a":"two","b":2,"10":null,"ok":true}'`],
    [`at = at + interval '1 millisecond'`],
    [`"actorEmail" = 'eve@example.com'`],
    [`outcome = 'failed'`],
    [`"sourceIp" = ''`],
    [`"userAgent" = 'x'`],
    [`"actorRole" = 'viewer'`],
    [`"requestId" = ''`],
    [`action = 'x.z'`],
    [`id = 'other'`],
    [`hash = translate(hash, '0123456789abcdef', '1032547698badcfe')`],
  ])('a changed field is found: SET %s', async (change) => {
    await sql(`UPDATE "AuditEvent" SET ${change} WHERE sequence = 4`);
    expect((await found())[0]).toEqual(['changed', 4]);
    expect((await verify()).wholeUntil).toEqual((await rows())[2]?.at.getTime());
  });

  test('an event that was written anew, with its hash, does not carry the next one', async () => {
    const four = (await rows())[3];
    if (!four?.sequence || !four.previousHash) throw new Error('no event');
    const forged = { ...four, sequence: four.sequence, previousHash: four.previousHash, subject: 'other' };
    await database.prisma.auditEvent.update({
      where: { id: four.id },
      data: { subject: 'other', hash: eventHash(forged) },
    });
    expect(await found()).toEqual([['unlinked', 5]]);
  });

  test('removed events are named', async () => {
    await sql('DELETE FROM "AuditEvent" WHERE sequence IN (1, 4, 5)');
    expect(await found()).toEqual([
      ['missing', 1, 1],
      ['missing', 4, 5],
    ]);
  });

  test('a cut tail is found by the chain’s end', async () => {
    await sql('DELETE FROM "AuditEvent" WHERE sequence > 3');
    expect(await found()).toEqual([['tailCut', 3, 6]]);
    await write('7');
    expect(await found()).toEqual([['missing', 4, 6]]);
  });

  test('events that changed places are told where they belong', async () => {
    await sql('UPDATE "AuditEvent" SET sequence = sequence + 100 WHERE sequence IN (3, 4)');
    await sql('UPDATE "AuditEvent" SET sequence = CASE sequence WHEN 103 THEN 4 ELSE 3 END WHERE sequence > 100');
    expect(await found()).toEqual([
      ['moved', 3, 4],
      ['moved', 4, 3],
    ]);
  });

  test('a forged end is found, and goes on being found when the console has written behind it', async () => {
    await sql('DELETE FROM "AuditEvent" WHERE sequence > 3');
    await sql('UPDATE "AuditHead" SET sequence = 3, hash = (SELECT hash FROM "AuditEvent" WHERE sequence = 3)');
    expect(await found()).toEqual([['headForged', 3]]);
    await write('after');
    expect((await rows()).map(({ subject }) => subject)).toEqual(['1', '2', '3', 'audit', 'after']);
    expect(await found()).toEqual([['headWasForged', 4]]);
  });

  test('an end that was taken away is found, before and after the console has written', async () => {
    await sql('DELETE FROM "AuditHead"');
    expect(await found()).toEqual([['headMissing', 6]]);
    expect(await beginChain(database.prisma)).toBe(0);
    await write('after');
    expect(await found()).toEqual([['headWasForged', 7]]);
  });

  test('an older end, which was signed, is found by what the lake keeps', async () => {
    const [, , third] = await rows();
    const six = await database.prisma.auditHead.findUniqueOrThrow({ where: { id: 1 } });
    const anchor = { sequence: six.sequence, hash: six.hash, key: 'audit/console/6' };
    expect(await found([anchor])).toEqual([]);
    const old = signHead({ sequence: 3, hash: third?.hash ?? '', at: third?.at ?? new Date() }, await auditKey());
    await sql('DELETE FROM "AuditEvent" WHERE sequence > 3');
    await database.prisma.auditHead.update({ where: { id: 1 }, data: old });
    expect(await found()).toEqual([]);
    expect(await found([anchor])).toEqual([['tailCut', 3, 6]]);
    await write('4', '5', '6', '7');
    expect(await found([anchor])).toEqual([['anchorDiffers', 6]]);
  });

  test('an anchor that nobody signed is no proof against the database, and is named', async () => {
    const anchor = { sequence: 4, hash: 'f'.repeat(64), key: 'audit/console/4' };
    expect(await found([anchor], false)).toEqual([['anchorForged', 4]]);
  });

  test('an event that was slipped in without a place is named', async () => {
    await sql(
      `INSERT INTO "AuditEvent" (id, "actorEmail", "actorRole", action, subject, "requestId") VALUES ('x','e','r','a','s','q')`,
    );
    expect((await verify()).findings).toMatchObject([{ code: 'outside', id: 'x' }]);
  });
});

describe('an attempt', () => {
  const attempt = {
    action: 'files.delete',
    input: () => ({ zone: 'raw', files: [{ key: 'a.csv' }], password: 'hunter2' }),
  };

  test('that is denied or fails leaves an event with the reason, and what was sent is not in it', async () => {
    const denied = new AppError('FORBIDDEN', 'The secret plan', {
      reason: 'permission',
      details: { permission: 'x:y' },
    });
    const broken = new Error('a stack with hunter2');
    const run = (error: Error) => runAudited(someone(), attempt, () => Promise.reject(error));
    await expect(run(denied)).rejects.toBe(denied);
    await expect(run(broken)).rejects.toBe(broken);
    expect(await rows()).toMatchObject([
      {
        outcome: 'denied',
        subject: 'raw:a.csv',
        details: { code: 'FORBIDDEN', reason: 'permission', permission: 'x:y' },
      },
      { outcome: 'failed', subject: 'raw:a.csv', details: { code: 'INTERNAL' } },
    ]);
    expect(JSON.stringify(await rows(), (_, value) => String(value))).not.toMatch(/hunter2|secret plan/);
  });

  test('that is done leaves one event: the verb’s own, or else its name', async () => {
    await runAudited(someone(), attempt, async () => 1);
    const own = someone();
    await runAudited(own, attempt, () => recordAudit(own, { action: 'files.delete', subject: 's3://raw/a.csv' }));
    expect((await rows()).map(({ subject, outcome }) => [subject, outcome])).toEqual([
      ['raw:a.csv', 'done'],
      ['s3://raw/a.csv', 'done'],
    ]);
  });
});
