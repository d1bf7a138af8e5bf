import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { sourceStamp } from '../../infra/local/provision/source-stamp.ts';
import { root } from './settings.ts';

const sources = [
  'app',
  'components',
  'lib',
  'public',
  'next.config.js',
  'postcss.config.mjs',
  'package-lock.json',
  'tsconfig.json',
  'instrumentation.ts',
  'proxy.ts',
];
const stampFile = path.join(root, '.next/lacustre-stamp');

/** Builds the console if its sources are not those of the last build; about half a minute then, 50 ms otherwise. */
export async function buildConsole(): Promise<void> {
  const stamp = await sourceStamp(root, sources);
  const built =
    existsSync(stampFile) && existsSync(path.join(root, '.next/BUILD_ID')) ? await readFile(stampFile, 'utf8') : '';
  if (built === stamp) return;
  console.log('Building the console; this happens once, and again when its sources change …');
  await runBuild();
  await writeFile(stampFile, stamp);
}

async function runBuild(): Promise<void> {
  const child = spawn(process.execPath, ['node_modules/next/dist/bin/next', 'build'], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) =>
    child.once('error', reject).once('close', resolve),
  );
  if (code !== 0) throw new Error(`The console could not be built:\n${output.trim()}`);
}
