// A database in memory, for tests and for Prisma's shadow databases. PostgreSQL's initdb takes seconds of the processor:
// it runs once for each version of PGlite, and every later database begins as a copy of what it made.
import { existsSync, openAsBlob, readFileSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';

const modules = path.resolve(import.meta.dirname, '../../node_modules');
const { version } = JSON.parse(readFileSync(path.join(modules, '@electric-sql/pglite/package.json'), 'utf8'));
const template = path.join(modules, `.cache/lacustre/empty-database-${version}.tar`);

/** @returns {Promise<PGlite>} */
export async function createInMemory() {
  if (existsSync(template)) return PGlite.create({ dataDir: 'memory://', loadDataDir: await openAsBlob(template) });
  const database = await PGlite.create('memory://');
  await keep(await database.dumpDataDir('none'));
  return database;
}

/**
 * Whole or not at all: others may be looking for it, or making it too.
 * @param {Blob} files
 */
async function keep(files) {
  const unfinished = `${template}.${process.pid}.${crypto.randomUUID()}`;
  await mkdir(path.dirname(template), { recursive: true });
  await writeFile(unfinished, files.stream());
  await rename(unfinished, template);
}
