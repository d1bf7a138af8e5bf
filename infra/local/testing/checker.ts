import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

const installed = path.resolve(import.meta.dirname, '../../../.lacustre/checkers/bin');

/** A checker of templates or policies. */
export interface Checker {
  /** Its standard output, whatever it found; throws with both outputs where it could not check. */
  run(args: string[], codes?: number[]): Promise<string>;
}

/**
 * The checker, or undefined with a notice where this machine has none. Only the version that the project names counts:
 * another one knows other findings.
 */
export function findChecker(name: string): Checker | undefined {
  const file = path.join(installed, name);
  if (existsSync(file)) return { run: (args, codes = [0]) => run(file, args, codes) };
  console.warn(`${name} is not installed, so it checks no template: node scripts/install-peers.mjs checkers.`);
  return undefined;
}

/** `codes`: those by which the checker says that it has checked. */
function run(file: string, args: string[], codes: number[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(file, args, { maxBuffer: 64 << 20 }, (error, stdout, stderr) => {
      const code = error ? error.code : 0;
      if (codes.includes(Number(code))) resolve(stdout);
      else reject(new Error(`${file} ${args.join(' ')} ended with ${code}:\n${stdout}\n${stderr}`));
    });
  });
}
