import 'server-only';
import path from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { env } from '@/lib/config/env';
import { startEmbedded } from './embedded';
import { PrismaClient } from './generated/client';
import { migrate } from './migrate';

const POOL_MAX = 10;
/** The embedded database has one session: a burst of transactions waits in line longer than Prisma's 2 s. */
const TRANSACTION_OPTIONS = { maxWait: 10_000, timeout: 20_000 };

export class Database {
  readonly prisma: PrismaClient;
  readonly #pool: pg.Pool;
  readonly #closeEmbedded: (() => Promise<void>) | undefined;

  private constructor(prisma: PrismaClient, pool: pg.Pool, closeEmbedded?: () => Promise<void>) {
    this.prisma = prisma;
    this.#pool = pool;
    this.#closeEmbedded = closeEmbedded;
  }

  /** Opens a PostgreSQL server (`url`) or the embedded database (`folder`), and brings its tables up to date. */
  static async start(options: { url: string } | { folder: string }): Promise<Database> {
    const embedded = 'folder' in options ? await startEmbedded(options.folder) : undefined;
    const config = 'url' in options ? { connectionString: options.url, max: POOL_MAX } : embedded?.config;
    const pool = new pg.Pool(config);
    try {
      await migrate(pool);
    } catch (error) {
      await pool.end();
      await embedded?.close();
      throw error;
    }
    const prisma = new PrismaClient({ adapter: new PrismaPg(pool), transactionOptions: TRANSACTION_OPTIONS });
    return new Database(prisma, pool, embedded?.close);
  }

  async close(): Promise<void> {
    await this.prisma.$disconnect();
    await this.#pool.end().catch(() => undefined);
    await this.#closeEmbedded?.();
  }
}

// On globalThis, so that a reload of the development server does not open the folder a second time.
const kept = globalThis as unknown as { lacustreDatabase?: Promise<Database> };

/** The console's database, opened on first use. Inside `$transaction(async (tx) => …)` use only `tx`. */
export async function db(): Promise<PrismaClient> {
  kept.lacustreDatabase ??= open();
  return (await kept.lacustreDatabase).prisma;
}

function open(): Promise<Database> {
  if (process.env.NEXT_PHASE === 'phase-production-build') {
    throw new Error('The database must not be opened while the console is being built.');
  }
  const { DATABASE_URL, LACUSTRE_DATA } = env();
  const opening = Database.start(
    DATABASE_URL ? { url: DATABASE_URL } : { folder: path.join(LACUSTRE_DATA, 'console', 'database') },
  );
  opening.catch(() => {
    kept.lacustreDatabase = undefined;
  });
  return opening;
}
