import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');
const run = promisify(execFile);

const installed = (name: string): string =>
  JSON.parse(readFileSync(path.join(root, 'node_modules', name, 'package.json'), 'utf8')).version;

test('Prisma’s packages belong together: the WASM engine is the one that this CLI would download', () => {
  expect(installed('@prisma/schema-engine-wasm')).toBe(installed('@prisma/engines-version'));
  for (const name of ['@prisma/client', '@prisma/adapter-pg', '@prisma/driver-adapter-utils']) {
    expect(installed(name), name).toBe(installed('prisma'));
  }
});

describe('the stand-in for the schema engine', { timeout: 180_000 }, () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'lacustre-prisma-'));
  const env = { ...process.env, DATABASE_URL: '', LACUSTRE_DATA: folder };
  const prisma = (...args: string[]) => run(process.execPath, ['scripts/prisma.mjs', ...args], { cwd: root, env });

  beforeAll(() => cpSync(path.join(root, 'prisma'), path.join(folder, 'prisma'), { recursive: true }));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('finds that the migrations make the schema', async () => {
    const args = ['--from-migrations', 'prisma/migrations', '--to-schema', 'prisma/schema.prisma', '--exit-code'];
    expect((await prisma('migrate', 'diff', ...args)).stdout).toContain('No difference detected');
  });

  test('prints the migration that a changed schema needs, with exit code 2', async () => {
    const changed = path.join(folder, 'prisma/schema.prisma');
    const schema = readFileSync(changed, 'utf8').replace(/^ {2}name +String$/m, '  name String\n  nickname String?');
    writeFileSync(changed, schema);
    const args = ['--from-migrations', 'prisma/migrations', '--to-schema', changed, '--script', '--exit-code'];
    await expect(prisma('migrate', 'diff', ...args)).rejects.toMatchObject({
      code: 2,
      stdout: expect.stringContaining('ALTER TABLE "User" ADD COLUMN     "nickname" TEXT'),
    });
  });

  test('applies migrations to the embedded database, once', async () => {
    expect((await prisma('migrate', 'deploy')).stdout).toContain('All migrations have been successfully applied');
    expect((await prisma('migrate', 'deploy')).stdout).toContain('No pending migrations to apply');
    expect((await prisma('migrate', 'status')).stdout).toContain('Database schema is up to date');
  });
});
