import { defineConfig } from 'prisma/config';

/** The host `pglite.local` stands for the embedded database; scripts/prisma-schema-engine.mjs opens its folder. */
const embedded = `postgresql://pglite.local/${process.env.LACUSTRE_DATA ?? '.lacustre/data'}/console/database`;

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL || embedded },
});
