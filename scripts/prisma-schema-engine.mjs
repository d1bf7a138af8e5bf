#!/usr/bin/env node
// Offline stand-in for Prisma's native schema-engine binary: same JSON-RPC over stdio, run by the
// WASM build that Prisma publishes on npm, talking to PostgreSQL or PGlite through driver adapters.
// Used with PRISMA_SCHEMA_ENGINE_BINARY=<this file>.
import { createRequire } from "node:module";
import { mkdirSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import path from "node:path";
import { lockFolder } from "../lib/db/folder-lock.mjs";
const require = createRequire(import.meta.url);

const argv = process.argv.slice(2);
if (argv.includes("--version")) {
  const v = JSON.parse(readFileSync(require.resolve("@prisma/engines-version/package.json"), "utf8"));
  console.log(`schema-engine-cli ${v.prisma?.enginesVersion ?? v.version}`);
  process.exit(0);
}
const datamodels = [];
let datasource = {};
let cli;
for (let i = 0; i < argv.length; i++) {
  if (argv[i] === "--datamodels" || argv[i] === "-d") datamodels.push(argv[++i]);
  else if (argv[i] === "--datasource") datasource = JSON.parse(argv[++i]);
  else if (argv[i] === "cli") cli = argv[++i];
}

const EMBEDDED = /^postgres(?:ql)?:\/\/[^/]*\bpglite\.local(?::\d+)?\//; // postgresql://pglite.local/<dir>
export function embeddedDir(url) {
  if (!url) return "memory://";
  if (!EMBEDDED.test(url)) return null;
  return path.resolve(decodeURIComponent(url.replace(EMBEDDED, "").replace(/\?.*$/, "")));
}

const closers = [];
const log = (level, message, extra = {}) =>
  process.stderr.write(
    JSON.stringify({ timestamp: new Date().toISOString(), level, fields: { message, ...extra }, target: "schema_engine::logger" }) + "\n",
  );

// adapter-pg has no mapping for catalog columns of type "char" (oid 18), which the engine reads.
function withCharColumns(factory, ColumnTypeEnum) {
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const conn = await connect();
    const performIO = conn.performIO.bind(conn);
    const queryRaw = conn.queryRaw.bind(conn);
    let chars = [];
    conn.performIO = async (q) => {
      const res = await performIO(q);
      chars = [];
      res.fields?.forEach((f, i) => { if (f.dataTypeID === 18) { chars.push(i); f.dataTypeID = 25; } });
      return res;
    };
    conn.queryRaw = async (q) => {
      const res = await queryRaw(q);
      for (const i of chars) res.columnTypes[i] = ColumnTypeEnum.Character;
      return res;
    };
    return conn;
  };
  return factory;
}

async function pgliteFactory(dir) {
  const [{ PrismaPg }, { PGlite }, { createPgConfig }, { ColumnTypeEnum }] = await Promise.all([
    import("@prisma/adapter-pg"), import("@electric-sql/pglite"), import("@electric-sql/pglite/node-postgres"), import("@prisma/driver-adapter-utils"),
  ]);
  if (dir !== "memory://") {
    const held = await lockFolder(dir);
    closers.push(() => held.release());
    mkdirSync(dir, { recursive: true }); // PGlite does not create parent folders
  }
  const db = await PGlite.create(dir);
  const cfg = createPgConfig(db);
  const parse = cfg.connection.parse.bind(cfg.connection);
  // adapter-pg puts a type-parser object in `types`, which PGlite takes for a list of OIDs
  cfg.connection.parse = (q) => parse({ ...q, types: Array.isArray(q.types) ? q.types : undefined });
  return { db, factory: withCharColumns(new PrismaPg({ ...cfg, max: 1 }), ColumnTypeEnum) };
}

async function adapterFactory() {
  const dir = embeddedDir(datasource.url);
  let factory;
  if (dir === null) {
    const { PrismaPg } = await import("@prisma/adapter-pg");
    const { ColumnTypeEnum } = await import("@prisma/driver-adapter-utils");
    factory = withCharColumns(new PrismaPg({ connectionString: datasource.url, max: 2 }), ColumnTypeEnum);
  } else {
    const main = await pgliteFactory(dir);
    closers.push(() => main.db.close());
    factory = main.factory;
  }
  // The shadow database is always an in-memory PGlite: no CREATEDB right needed. (adapter-pg's own
  // connectToShadowDb() would reuse connectionString, so the *main* database.)
  factory.connectToShadowDb = async () => {
    const shadow = await pgliteFactory("memory://");
    const conn = await shadow.factory.connect();
    const dispose = conn.dispose.bind(conn);
    conn.dispose = async () => { await dispose(); await shadow.db.close(); };
    return conn;
  };
  return factory;
}

globalThis.PRISMA_WASM_PANIC_REGISTRY = { message: "", set_message(m) { this.message = m; } };

process.on("uncaughtException", (e) => {
  const panic = globalThis.PRISMA_WASM_PANIC_REGISTRY.message;
  log("ERROR", panic || e?.stack || String(e));
  process.exit(panic ? 101 : 1);
});

async function load() {
  const bg = await import("@prisma/schema-engine-wasm/schema_engine_bg");
  const dir = path.dirname(require.resolve("@prisma/schema-engine-wasm"));
  const mod = new WebAssembly.Module(readFileSync(path.join(dir, "schema_engine_bg.wasm")));
  const inst = new WebAssembly.Instance(mod, { "./schema_engine_bg.js": bg });
  bg.__wbg_set_wasm(inst.exports);
  inst.exports.__wbindgen_start();
  const { bindMigrationAwareSqlAdapterFactory } = await import("@prisma/driver-adapter-utils");
  const factory = await adapterFactory();
  // one session for the whole run: every engine gets the same connection, closed at the end
  const conn = await factory.connect();
  const dispose = conn.dispose.bind(conn);
  conn.dispose = async () => {};
  closers.unshift(dispose);
  factory.connect = async () => conn;
  const bound = bindMigrationAwareSqlAdapterFactory(factory);
  const files = datamodels.map((f) => [f, readFileSync(f, "utf8")]);
  const engine = await bg.SchemaEngine.new({ datamodels: files.length ? files : undefined }, () => {}, bound);
  return { engine, registry: bound.errorRegistry };
}

function toRpcError(e, registry) {
  // driver errors are parked in the registry under an id
  const id = e?.error?.id ?? e?.id;
  const reg = id !== undefined ? registry?.consumeError?.(id) : undefined;
  const message = reg?.error?.message ?? e?.message ?? String(e);
  const code = e?.code ?? e?.error_code;
  return { code: 4466, message: "An error happened. Check the data field for details.", data: { is_panic: false, message, meta: e?.meta ?? null, error_code: code } };
}

if (cli) {
  try {
    const f = await adapterFactory();
    const c = await f.connect();
    await c.queryRaw({ sql: "SELECT 1", args: [], argTypes: [] });
    await c.dispose();
    for (const c of closers) await c();
    process.stderr.write("\n");
    log("INFO", "Connection successful");
    process.exit(0);
  } catch (e) {
    if (cli === "create-database" && datasource.url && e?.cause?.kind === "DatabaseDoesNotExist") {
      const pg = (await import("pg")).default;
      const u = new URL(datasource.url);
      const name = decodeURIComponent(u.pathname.slice(1));
      u.pathname = "/postgres";
      const c = new pg.Client({ connectionString: u.toString() });
      await c.connect();
      await c.query(`CREATE DATABASE "${name.replace(/"/g, '""')}"`);
      await c.end();
      process.stderr.write("\n");
      log("INFO", `Database ${name} created`);
      process.exit(0);
    }
    const missing = e?.cause?.kind === "DatabaseDoesNotExist";
    process.stderr.write("\n");
    log("ERROR", e.message, { error_code: missing ? "P1003" : "P1001" });
    process.exit(1);
  }
}

let ready;
let n = 2_000_000_000;
const pending = new Map();
const send = (o) => process.stdout.write(JSON.stringify({ jsonrpc: "2.0", ...o }) + "\n");
let chain = Promise.resolve();
const rl = createInterface({ input: process.stdin });
rl.on("line", (line) => {
  if (!line.trim()) return;
  const msg = JSON.parse(line);
  if (msg.method === undefined) return pending.get(msg.id)?.(msg);
  chain = chain.then(() => handle(msg));
});
async function handle({ id, method, params }) {
  let registry;
  try {
    if (method === "getDatabaseVersion") method = "version";
    ready ??= load();
    const { engine, registry: reg } = await ready;
    registry = reg;
    // 7.10.0's WASM evaluateDataLoss does not open a shadow database; it only works if the schema of the migration
    // history is in the engine's cache ("PostgreSQL shadow DB must be provided through an external factory").
    // devDiagnostic fills that cache, and applying migrations empties it.
    if (method === "evaluateDataLoss") await engine.devDiagnostic({ migrationsList: params.migrationsList, filters: params.filters });
    let result = await engine[method](params);
    if (method === "diff" && result?.stdout != null) {
      await new Promise((res) => {
        const pid = n++;
        pending.set(pid, res);
        send({ id: pid, method: "print", params: { content: result.stdout } });
      });
      result = { exitCode: result.exitCode };
    }
    send({ id, result: result ?? null });
  } catch (e) {
    send({ id, error: toRpcError(e, registry) });
  }
}
rl.on("close", async () => {
  await chain;
  for (const c of closers) await c().catch(() => {});
  process.exit(0);
});
for (const s of ["SIGTERM", "SIGINT"]) process.on(s, async () => { for (const c of closers) await c().catch(() => {}); process.exit(0); });
