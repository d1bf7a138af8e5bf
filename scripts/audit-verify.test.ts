/** The command that verifies the trail: it says what is wrong, where, and ends so that a script can tell. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeEvents } from '@/lib/audit/append-event';
import { Database } from '@/lib/db/database';

let data: string;
beforeAll(async () => {
  data = await mkdtemp(path.join(tmpdir(), 'lacustre-verify-'));
  await inDatabase(async ({ prisma }) => {
    const event = (subject: string) => ({
      ...{ actorEmail: 'a@b.c', actorRole: 'viewer', action: 'x.y', subject, details: {}, requestId: 'r' },
      ...{ outcome: 'done' as const, sourceIp: null, userAgent: null },
    });
    await writeEvents(prisma, ['1', '2', '3', '4'].map(event));
  });
});
afterAll(() => rm(data, { recursive: true, force: true }));

async function inDatabase(run: (database: Database) => Promise<unknown>): Promise<void> {
  const database = await Database.start({ folder: path.join(data, 'console', 'database') });
  await run(database).finally(() => database.close());
}

interface Ended {
  code: number;
  output: string;
}

function verify(): Promise<Ended> {
  const args = ['scripts/run.mjs', 'audit-verify', '--only', 'console'];
  // Nobody answers there: the database is verified by itself, and the command says so.
  const env = { ...process.env, LACUSTRE_DATA: data, AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_REGION: 'eu-west-3' };
  return new Promise((resolve) => {
    execFile(process.execPath, args, { env }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr }),
    );
  });
}

test('it tells a whole trail, then the very event that was changed and those that were taken away', async () => {
  const whole = await verify();
  expect(whole.output).toContain('All 4 events are whole');
  expect(whole.output).toContain('The lake could not be asked');
  expect(whole.code).toBe(0);
  await inDatabase(async ({ prisma }) => {
    await prisma.auditEvent.updateMany({ where: { sequence: 2 }, data: { subject: 'other' } });
    await prisma.auditEvent.deleteMany({ where: { sequence: 4 } });
  });
  const broken = await verify();
  expect(broken.output).toContain('Event 2 was changed after it was written.');
  expect(broken.output).toContain('The tail is cut off after event 3: event 4 is missing.');
  expect(broken.output).toContain('All is whole up to');
  expect(broken.code).toBe(1);
}, 120_000);
