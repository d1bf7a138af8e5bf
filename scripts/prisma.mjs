// `node scripts/prisma.mjs <arguments>`: the ordinary Prisma CLI without its native schema engine, which it would
// download from Prisma's CDN at the first command. Set PRISMA_SCHEMA_ENGINE_BINARY to use a real engine.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const args = process.argv.slice(2);
const env = { CHECKPOINT_DISABLE: '1', PRISMA_HIDE_UPDATE_MESSAGE: '1', ...process.env };
if (!env.PRISMA_SCHEMA_ENGINE_BINARY) {
  // Windows cannot spawn a script: commands that never start the engine get any existing file there, and `migrate`
  // downloads the real engine.
  const needsNoEngine = ['generate', 'validate', 'format'].includes(args[0]);
  if (process.platform !== 'win32') {
    env.PRISMA_SCHEMA_ENGINE_BINARY = fileURLToPath(new URL('./prisma-schema-engine.mjs', import.meta.url));
  } else if (needsNoEngine) {
    env.PRISMA_SCHEMA_ENGINE_BINARY = process.execPath;
  }
}
const cli = spawnSync(process.execPath, [require.resolve('prisma/build/index.js'), ...args], { stdio: 'inherit', env });
process.exit(cli.status ?? 1);
