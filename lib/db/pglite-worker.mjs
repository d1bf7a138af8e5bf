// The embedded database: PGlite in a worker thread, since a query inside the server's own thread would stop every
// timer and request for as long as it runs. Speaks the PostgreSQL wire protocol over the message port, so that `pg`
// on the other side cannot tell it from a socket. Started outside the bundler, hence plain JavaScript.
import { mkdirSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { createInMemory } from './memory-database.mjs';

const TERMINATE = 0x58;

const database = await open(workerData.folder);
await database.exec('select 1');

let pending = Buffer.alloc(0);
/** The first message of a connection has no type byte. */
let isStarted = false;
/** One thing at a time, in the order it came. */
let queue = Promise.resolve();

/** @param {string} folder */
function open(folder) {
  if (folder.startsWith('memory:')) return createInMemory();
  // PGlite does not create parent folders.
  mkdirSync(folder, { recursive: true });
  return PGlite.create(folder);
}

/** @param {Uint8Array} chunk */
async function feed(chunk) {
  pending = pending.length ? Buffer.concat([pending, chunk]) : Buffer.from(chunk);
  const answers = [];
  for (let message = takeMessage(); message; message = takeMessage()) {
    if (message[0] === TERMINATE) await reset();
    else answers.push(await database.execProtocolRaw(message, { syncToFs: false }));
  }
  const bytes = Buffer.concat(answers);
  if (bytes.length) parentPort?.postMessage({ type: 'data', bytes: new Uint8Array(bytes) });
}

function takeMessage() {
  if (pending.length < (isStarted ? 5 : 4)) return undefined;
  const length = isStarted ? 1 + pending.readInt32BE(1) : pending.readInt32BE(0);
  if (pending.length < length) return undefined;
  const message = Uint8Array.prototype.slice.call(pending, 0, length);
  pending = pending.subarray(length);
  isStarted = true;
  return message;
}

async function reset() {
  if (database.isInTransaction()) await database.exec('ROLLBACK');
  isStarted = false;
}

parentPort?.on('message', (message) => {
  if (message.type === 'data') {
    queue = queue
      .then(() => feed(message.bytes))
      .catch((error) => parentPort?.postMessage({ type: 'error', message: String(error?.stack ?? error) }));
  } else if (message.type === 'reset') {
    queue = queue.then(async () => {
      pending = Buffer.alloc(0);
      await reset();
    });
  } else if (message.type === 'close') {
    queue = queue.then(() => database.close()).finally(() => process.exit(0));
  }
});
parentPort?.postMessage({ type: 'ready' });
