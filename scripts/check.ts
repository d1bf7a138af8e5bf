/** `npm run check`: what can be told of the sources without running them, side by side; each speaks when it is done. */
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { root } from './launch/settings.ts';

const CHECKS: Record<string, string[][]> = {
  'format and lint': [['@biomejs/biome/bin/biome', 'ci', '--error-on-warnings', '.']],
  types: [
    ['next/dist/bin/next', 'typegen'],
    ['typescript/bin/tsc', '--noEmit'],
  ],
  'unused code': [['knip/bin/knip.js']],
};

const passed = await Promise.all(Object.entries(CHECKS).map(([name, commands]) => check(name, commands)));
process.exit(passed.every(Boolean) ? 0 : 1);

async function check(name: string, commands: string[][]): Promise<boolean> {
  for (const command of commands) {
    const { code, output } = await run(command);
    if (code === 0) continue;
    console.error(`✗ ${name}\n${output.trim()}\n`);
    return false;
  }
  console.log(`✓ ${name}`);
  return true;
}

async function run([file = '', ...args]: string[]): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [`node_modules/${file}`, ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
  const [code, ...said] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  return { code, output: said.join('') };
}
