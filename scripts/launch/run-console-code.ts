import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root } from './settings.ts';

/**
 * Runs code that imports the console's own, outside of the console: Node knows neither `@/` nor what only Next resolves, so
 * it is bundled first, packages left out.
 */
export async function runConsoleCode(entry: string): Promise<void> {
  const folder = path.join(root, 'node_modules/.cache/lacustre');
  mkdirSync(folder, { recursive: true });
  const outfile = path.join(folder, `${path.basename(entry, '.ts')}-${process.pid}.mjs`);
  await build({
    entryPoints: [path.join(root, entry)],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'esm',
    packages: 'external',
    alias: { '@': root, 'server-only': path.join(root, 'scripts/server-only.ts') },
    legalComments: 'none',
    logLevel: 'error',
  });
  await import(pathToFileURL(outfile).href);
}
