import 'server-only';
import path from 'node:path';
import { Duplex } from 'node:stream';
import { Worker } from 'node:worker_threads';
import type { PoolConfig } from 'pg';
import { lockFolder } from './folder-lock.mjs';

type FromWorker = { type: 'ready' } | { type: 'data'; bytes: Uint8Array } | { type: 'error'; message: string };

/** The slice of net.Socket that `pg` uses, carried over the worker's message port. */
class WorkerStream extends Duplex {
  readonly #worker: Worker;

  constructor(worker: Worker) {
    super();
    this.#worker = worker;
    worker.on('message', this.#onMessage);
    worker.postMessage({ type: 'reset' });
  }

  #onMessage = (message: FromWorker) => {
    if (message.type === 'data') this.push(Buffer.from(message.bytes));
    else if (message.type === 'error') this.destroy(new Error(message.message));
  };

  connect() {
    setImmediate(() => this.emit('connect'));
    return this;
  }
  setNoDelay() {
    return this;
  }
  setKeepAlive() {
    return this;
  }
  ref() {
    return this;
  }
  unref() {
    return this;
  }
  override _read() {
    // The worker pushes; there is nothing to ask it for.
  }
  override _write(chunk: Buffer, _encoding: string, done: () => void) {
    this.#worker.postMessage({ type: 'data', bytes: chunk });
    done();
  }
  override _writev(chunks: { chunk: Buffer }[], done: () => void) {
    this.#worker.postMessage({ type: 'data', bytes: Buffer.concat(chunks.map(({ chunk }) => chunk)) });
    done();
  }
  override _destroy(error: Error | null, done: (error: Error | null) => void) {
    this.#worker.off('message', this.#onMessage);
    this.emit('close');
    done(error);
  }
}

/** Opens the embedded database in `folder` (`memory://` for none) and returns how `pg` reaches it. */
export async function startEmbedded(folder: string): Promise<{ config: PoolConfig; close(): Promise<void> }> {
  const held = folder.startsWith('memory:') ? undefined : await lockFolder(folder);
  // Next's bundler must not follow this path: the worker runs from its source.
  const file = path.join(/* turbopackIgnore: true */ process.cwd(), 'lib/db/pglite-worker.mjs');
  const worker = new Worker(file, { workerData: { folder } });
  try {
    await new Promise((resolve, reject) => {
      worker.once('error', reject);
      worker.once('message', resolve);
    });
  } catch (error) {
    await held?.release();
    throw error;
  }
  worker.unref();
  worker.setMaxListeners(50);
  return { config: configFor(worker), close: () => close(worker, held) };
}

function configFor(worker: Worker): PoolConfig {
  return {
    // `pg` asks for a net.Socket and uses no more of it than WorkerStream has.
    stream: () => new WorkerStream(worker) as never,
    user: 'postgres',
    database: 'postgres',
    ssl: false,
    // PGlite has a single session.
    max: 1,
    idleTimeoutMillis: 0,
  };
}

async function close(worker: Worker, held: { release(): Promise<void> } | undefined) {
  worker.ref();
  const exited = new Promise((resolve) => worker.once('exit', resolve));
  worker.postMessage({ type: 'close' });
  await exited;
  await held?.release();
}
