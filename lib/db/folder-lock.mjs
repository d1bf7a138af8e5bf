// PGlite lets two processes open one folder, and then loses rows of both. The lock is a listening socket, because the
// kernel closes it when its process dies, however it dies; a file with a process id would outlive a crash, and in
// containers every process has the same id. Plain JavaScript, since the Prisma scripts run it before any build.
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

const ANSWER_WITHIN_MS = 2000;

/**
 * Holds the folder until `release` or the end of the process; throws a sentence naming the holder if there is one.
 * @param {string} folder
 * @returns {Promise<{ release(): Promise<void> }>}
 */
export async function lockFolder(folder) {
  const address = addressOf(folder);
  for (let attempt = 0; ; attempt++) {
    const server = net.createServer((socket) => socket.end(String(process.pid)));
    const failure = await listen(server, address);
    if (!failure) return { release: () => new Promise((resolve) => server.close(() => resolve(undefined))) };
    if (failure.code !== 'EADDRINUSE' || attempt > 1) throw failure;
    const holder = await askHolder(address);
    if (holder !== undefined) {
      throw new Error(
        `The embedded database in ${folder} is in use by process ${holder}. Stop that process, or set LACUSTRE_DATA to another folder or DATABASE_URL to a PostgreSQL server.`,
      );
    }
    rmSync(address, { force: true });
  }
}

/** @param {string} folder */
function addressOf(folder) {
  const id = createHash('sha256').update(path.resolve(folder)).digest('hex').slice(0, 16);
  if (process.platform === 'win32') return `\\\\.\\pipe\\lacustre-database-${id}`;
  return path.join(os.tmpdir(), `lacustre-database-${id}.sock`);
}

/**
 * @param {net.Server} server
 * @param {string} address
 * @returns {Promise<NodeJS.ErrnoException | undefined>}
 */
function listen(server, address) {
  return new Promise((resolve) => {
    server.once('error', resolve);
    server.listen(address, () => {
      server.unref();
      resolve(undefined);
    });
  });
}

/**
 * The holder's process id; `?` when it is too busy to say; undefined when nobody is there any more.
 * @param {string} address
 * @returns {Promise<string | undefined>}
 */
function askHolder(address) {
  return new Promise((resolve) => {
    const socket = net.connect(address);
    let answer = '';
    socket.setTimeout(ANSWER_WITHIN_MS, () => {
      socket.destroy();
      resolve('?');
    });
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('end', () => resolve(answer));
    socket.on('error', () => resolve(undefined));
  });
}
