import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Database } from './database';
import { lockFolder } from './folder-lock.mjs';

let folder: string;
beforeEach(async () => {
  folder = path.join(await mkdtemp(path.join(tmpdir(), 'lacustre-database-')), 'not', 'yet');
});
afterEach(() => rm(path.dirname(path.dirname(folder)), { recursive: true, force: true }));

const event = { actorEmail: 'a@b.c', actorRole: 'viewer', action: 'x.y', subject: 's', requestId: 'r' };

describe('the embedded database', () => {
  test('makes its folder, keeps its rows over a restart, and migrates once', async () => {
    const first = await Database.start({ folder });
    await first.prisma.auditEvent.create({ data: event });
    await first.close();
    const second = await Database.start({ folder });
    expect(await second.prisma.auditEvent.count()).toBe(1);
    const applied = await second.prisma.$queryRaw`SELECT migration_name FROM _prisma_migrations`;
    const migrations = (await readdir('prisma/migrations')).filter((name) => /^\d/.test(name));
    expect(applied).toHaveLength(migrations.length);
    await second.close();
  });

  test('is refused to a second opener with a sentence that names the first', async () => {
    const first = await Database.start({ folder });
    await expect(Database.start({ folder })).rejects.toThrow(`in use by process ${process.pid}`);
    await first.close();
    const held = await lockFolder(folder);
    await held.release();
  });

  test('rolls a failed transaction back', async () => {
    const database = await Database.start({ folder: 'memory://' });
    const failing = database.prisma.$transaction(async (tx) => {
      await tx.auditEvent.create({ data: event });
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await database.prisma.auditEvent.count()).toBe(0);
    await database.close();
  });
});
