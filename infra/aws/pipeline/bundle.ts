import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { buildSync } from 'esbuild';

const root = path.resolve(import.meta.dirname, '../../..');

/**
 * Bundles a handler of `infra/functions` into a folder of its own and returns that folder.
 * The AWS SDK stays outside: Lambda's runtime brings it, and the local lake resolves its own.
 */
export function bundleFunction(name: string): string {
  const folder = path.join(root, '.lacustre/bundles', name);
  mkdirSync(folder, { recursive: true });
  buildSync({
    entryPoints: [path.join(root, 'infra/functions', name, 'handler.ts')],
    outfile: path.join(folder, 'index.mjs'),
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'esm',
    external: ['@aws-sdk/*', '@smithy/*'],
    // Bundled CommonJS packages ask for `require`, which ES modules lack.
    // A package of its own may import createRequire under that name.
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
    },
    legalComments: 'none',
    logLevel: 'error',
  });
  return folder;
}
