#!/usr/bin/env node
// Stands in for Prisma's native schema engine (PRISMA_SCHEMA_ENGINE_BINARY=<this file>), which the CLI would download:
// the same JSON-RPC over stdio, answered by the WASM build of the engine that Prisma publishes on npm, which reaches
// PostgreSQL and PGlite through driver adapters. The protocol is private to Prisma: its packages are pinned together,
// and scripts/prisma.test.ts holds the pins to each other.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { connectDatabase, createDatabase } from './prisma/adapters.mjs';
import { logLine } from './prisma/log-line.mjs';

const require = createRequire(import.meta.url);
const { datamodels, url, command } = readArguments(process.argv.slice(2));

// The engine reports a panic by this global and then throws.
globalThis.PRISMA_WASM_PANIC_REGISTRY = {
  message: '',
  set_message(message) {
    this.message = message;
  },
};
process.on('uncaughtException', (error) => {
  const panic = globalThis.PRISMA_WASM_PANIC_REGISTRY.message;
  logLine('ERROR', panic || error?.stack || String(error));
  process.exit(panic ? 101 : 1);
});

if (process.argv.includes('--version')) printVersion();
else if (command) await runCommand();
else serve();

/** @param {string[]} argv */
function readArguments(argv) {
  const given = { datamodels: [], url: undefined, command: undefined };
  for (let i = 0; i < argv.length; i++) {
    if (argv[i] === '--datamodels' || argv[i] === '-d') given.datamodels.push(argv[++i]);
    else if (argv[i] === '--datasource') given.url = JSON.parse(argv[++i]).url;
    else if (argv[i] === 'cli') given.command = argv[++i];
  }
  return given;
}

function printVersion() {
  const { version, prisma } = JSON.parse(readFileSync(require.resolve('@prisma/engines-version/package.json'), 'utf8'));
  console.log(`schema-engine-cli ${prisma?.enginesVersion ?? version}`);
}

/** `cli can-connect-to-database` and `cli create-database`: the answer is a log line and an exit code. */
async function runCommand() {
  process.stderr.write('\n');
  try {
    const database = await connectDatabase(url);
    const connection = await database.factory.connect();
    await connection.queryRaw({ sql: 'SELECT 1', args: [], argTypes: [] });
    await connection.dispose();
    await database.close();
    logLine('INFO', 'Connection successful');
  } catch (error) {
    const isMissing = error?.cause?.kind === 'DatabaseDoesNotExist';
    if (isMissing && command === 'create-database') {
      logLine('INFO', `Database ${await createDatabase(url)} created`);
      return;
    }
    logLine('ERROR', error.message, { error_code: isMissing ? 'P1003' : 'P1001' });
    process.exitCode = 1;
  }
}

function serve() {
  let engine;
  /** Requests of ours that wait for the CLI's answer. */
  const asked = new Map();
  let nextId = 2_000_000_000;
  /** One request at a time, as the native engine does. */
  let queue = Promise.resolve();

  const send = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  const print = (content) =>
    new Promise((resolve) => {
      const id = nextId++;
      asked.set(id, resolve);
      send({ id, method: 'print', params: { content } });
    });

  const answer = async ({ id, method, params }) => {
    let registry;
    try {
      engine ??= startEngine();
      const started = await engine;
      registry = started.registry;
      send({ id, result: (await call(started, method, params, print)) ?? null });
    } catch (error) {
      send({ id, error: toRpcError(error, registry) });
    }
  };

  const lines = createInterface({ input: process.stdin });
  lines.on('line', (line) => {
    if (!line.trim()) return;
    const message = JSON.parse(line);
    if (message.method === undefined) asked.get(message.id)?.(message);
    else queue = queue.then(() => answer(message));
  });

  const stop = async () => {
    const running = await engine?.catch(() => undefined);
    await running?.close();
    process.exit(0);
  };
  lines.on('close', () => queue.then(stop));
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

/** The WASM engine on one database connection, which all its parts share and which is closed at the end. */
async function startEngine() {
  const wasm = await loadWasm();
  const { bindMigrationAwareSqlAdapterFactory } = await import('@prisma/driver-adapter-utils');
  const database = await connectDatabase(url);
  const connection = await database.factory.connect();
  const dispose = connection.dispose.bind(connection);
  connection.dispose = async () => {};
  database.factory.connect = async () => connection;
  const bound = bindMigrationAwareSqlAdapterFactory(database.factory);
  const files = datamodels.map((file) => [file, readFileSync(file, 'utf8')]);
  const options = { datamodels: files.length ? files : undefined };
  const schemaEngine = await wasm.SchemaEngine.new(options, () => {}, bound);
  const close = async () => {
    await dispose();
    await database.close();
  };
  return { schemaEngine, registry: bound.errorRegistry, close };
}

/** By hand: the package's own index imports `.wasm` as an ES module, which Node 20 cannot do. */
async function loadWasm() {
  const bindings = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const folder = path.dirname(require.resolve('@prisma/schema-engine-wasm'));
  const module = new WebAssembly.Module(readFileSync(path.join(folder, 'schema_engine_bg.wasm')));
  const { exports } = new WebAssembly.Instance(module, { './schema_engine_bg.js': bindings });
  bindings.__wbg_set_wasm(exports);
  exports.__wbindgen_start();
  return bindings;
}

async function call({ schemaEngine }, method, params, print) {
  if (method === 'getDatabaseVersion') return schemaEngine.version(params);
  // evaluateDataLoss of 7.10.0 opens no shadow database ("PostgreSQL shadow DB must be provided through an external
  // factory"); it works when the history's schema is in the engine's cache, which devDiagnostic fills.
  if (method === 'evaluateDataLoss') {
    const { migrationsList, filters } = params;
    await schemaEngine.devDiagnostic({ migrationsList, filters });
  }
  const result = await schemaEngine[method](params);
  if (method !== 'diff' || !result?.stdout) return result;
  await print(result.stdout);
  return { exitCode: result.exitCode };
}

/** Errors of the driver are parked in the adapter's registry, under an id that the engine's error carries. */
function toRpcError(error, registry) {
  const id = error?.error?.id ?? error?.id;
  const parked = id === undefined ? undefined : registry?.consumeError?.(id);
  return {
    code: 4466,
    message: 'An error happened. Check the data field for details.',
    data: {
      is_panic: false,
      message: parked?.error?.message ?? error?.message ?? String(error),
      meta: error?.meta ?? null,
      error_code: error?.code ?? error?.error_code,
    },
  };
}
