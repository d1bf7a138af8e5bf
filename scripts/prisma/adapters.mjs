// How the schema engine reaches a database: PostgreSQL by its address, or the embedded PGlite by the made-up host
// `pglite.local`, whose path is the folder.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { lockFolder } from '../../lib/db/folder-lock.mjs';

const IN_MEMORY = 'memory://';
const EMBEDDED = /^postgres(?:ql)?:\/\/[^/]*\bpglite\.local(?::\d+)?\//;
/** Type of a few catalog columns that the engine reads; adapter-pg has no mapping for it. */
const CHAR_OID = 18;
const TEXT_OID = 25;

/**
 * @param {string | undefined} url
 * @returns {Promise<{ factory: import('@prisma/adapter-pg').PrismaPg, close(): Promise<void> }>}
 */
export async function connectDatabase(url) {
  const folder = embeddedFolder(url);
  const database = folder === undefined ? await postgres(url) : await pglite(folder);
  // A shadow database in memory needs no right to create databases. adapter-pg's own connectToShadowDb would connect
  // to the main database, since it spreads a config that holds the connection string.
  database.factory.connectToShadowDb = async () => {
    const shadow = await pglite(IN_MEMORY);
    const connection = await shadow.factory.connect();
    const dispose = connection.dispose.bind(connection);
    connection.dispose = async () => {
      await dispose();
      await shadow.close();
    };
    return connection;
  };
  return database;
}

/**
 * Creates the database that the address names, and returns its name.
 * @param {string} url
 */
export async function createDatabase(url) {
  const { default: pg } = await import('pg');
  const address = new URL(url);
  const name = decodeURIComponent(address.pathname.slice(1));
  address.pathname = '/postgres';
  const client = new pg.Client({ connectionString: address.toString() });
  await client.connect();
  await client.query(`CREATE DATABASE "${name.replaceAll('"', '""')}"`);
  await client.end();
  return name;
}

/** The folder of an embedded database; undefined for a server. No address at all means a database for one command. */
function embeddedFolder(url) {
  if (!url) return IN_MEMORY;
  if (!EMBEDDED.test(url)) return undefined;
  const [folder = ''] = url.replace(EMBEDDED, '').split('?');
  return path.resolve(decodeURIComponent(folder));
}

async function postgres(url) {
  const { PrismaPg } = await import('@prisma/adapter-pg');
  return { factory: await withCharColumns(new PrismaPg({ connectionString: url, max: 2 })), close: async () => {} };
}

async function pglite(folder) {
  const [{ PrismaPg }, { PGlite }, { createInMemory }, { createPgConfig }] = await Promise.all([
    import('@prisma/adapter-pg'),
    import('@electric-sql/pglite'),
    import('../../lib/db/memory-database.mjs'),
    import('@electric-sql/pglite/node-postgres'),
  ]);
  const held = folder === IN_MEMORY ? undefined : await lockFolder(folder);
  // PGlite does not create parent folders.
  if (held) mkdirSync(folder, { recursive: true });
  const database = await (held ? PGlite.create(folder) : createInMemory());
  const config = createPgConfig(database);
  const parse = config.connection.parse.bind(config.connection);
  // adapter-pg puts an object of parsers in `types`, which PGlite would take for a list of types.
  config.connection.parse = (query) => parse({ ...query, types: Array.isArray(query.types) ? query.types : undefined });
  const close = async () => {
    await database.close();
    await held?.release();
  };
  return { factory: await withCharColumns(new PrismaPg({ ...config, max: 1 })), close };
}

/** Lets the engine read `"char"` columns: as text from the driver, and named Character to the engine (text panics). */
async function withCharColumns(factory) {
  const { ColumnTypeEnum } = await import('@prisma/driver-adapter-utils');
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const connection = await connect();
    const performIO = connection.performIO.bind(connection);
    const queryRaw = connection.queryRaw.bind(connection);
    let charColumns = [];
    connection.performIO = async (query) => {
      const result = await performIO(query);
      charColumns = [];
      for (const [index, field] of (result.fields ?? []).entries()) {
        if (field.dataTypeID !== CHAR_OID) continue;
        charColumns.push(index);
        field.dataTypeID = TEXT_OID;
      }
      return result;
    };
    connection.queryRaw = async (query) => {
      const result = await queryRaw(query);
      for (const index of charColumns) result.columnTypes[index] = ColumnTypeEnum.Character;
      return result;
    };
    return connection;
  };
  return factory;
}
