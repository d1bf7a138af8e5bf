/** `npm test`: the unit tests, then the browser tests; both run even if the first fail. `browser` or `unit` runs one. */
import { spawnSync } from 'node:child_process';
import { synthesize } from '../infra/local/provision/synthesize.ts';
import { findBrowser } from './launch/browser.ts';
import { buildConsole } from './launch/build-console.ts';
import { root } from './launch/settings.ts';

const only = process.argv[2];
const unit = only === 'browser' ? 0 : run(['node_modules/vitest/vitest.mjs', 'run']);
const browser = only === 'unit' ? 0 : await runBrowserTests();
process.exit(unit || browser);

async function runBrowserTests(): Promise<number> {
  const chromium = findBrowser();
  // Once for all: the tests start several lakes, two of them at a time.
  await Promise.all([buildConsole(), synthesize()]);
  return run(['node_modules/@playwright/test/cli.js', 'test'], chromium ? { CHROMIUM_PATH: chromium } : {});
}

function run(args: string[], environment: Record<string, string> = {}): number {
  const { status } = spawnSync(process.execPath, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  });
  return status ?? 1;
}
