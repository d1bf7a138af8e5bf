import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { root } from './settings.ts';

const usual = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/**
 * A Chromium for the browser tests: one that is there, else Playwright's own, else Debian's package.
 * Returns its path, or undefined where Playwright finds its own by itself.
 */
export function findBrowser(): string | undefined {
  const there = [process.env.CHROMIUM_PATH, ...usual].find((file) => file && existsSync(file));
  if (there) return there;
  if (existsSync(chromium.executablePath())) return undefined;
  console.log('No Chromium here; installing Playwright’s …');
  const run = (command: string, args: string[]) =>
    spawnSync(command, args, { cwd: root, stdio: 'inherit' }).status === 0;
  if (run(process.execPath, ['node_modules/@playwright/test/cli.js', 'install', 'chromium'])) return undefined;
  console.log('That did not work; installing Debian’s package …');
  if (run('apt-get', ['update', '-q']) && run('apt-get', ['install', '-yq', 'chromium'])) return '/usr/bin/chromium';
  throw new Error('The browser tests need a Chromium: install one and set CHROMIUM_PATH to it.');
}
