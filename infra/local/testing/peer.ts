import { execFile, spawnSync } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

const root = path.resolve(import.meta.dirname, '../../..');
/** Where `node scripts/install-peers.mjs` puts the clients that this machine lacks. */
const installed = path.join(root, '.lacustre/peers/bin');

/** A client that nobody here wrote. */
export interface Peer {
  /** Its standard output; throws with both outputs where it fails. */
  run(args: string[], environment?: Record<string, string>): Promise<string>;
}

/** The client, or undefined with a notice where this machine has none. `probe` asks whether it is there. */
export function findPeer(command: string, probe = ['--version'], name = command): Peer | undefined {
  const found = [command, path.join(installed, command)].find((each) => spawnSync(each, probe).status === 0);
  if (found) return { run: (args, environment = {}) => run(found, args, environment) };
  console.warn(`${name} is not on this machine, so the lake is not tried with it: see scripts/install-peers.mjs.`);
  return undefined;
}

async function run(command: string, args: string[], environment: Record<string, string>): Promise<string> {
  const env = { ...process.env, ...environment };
  const { stdout } = await promisify(execFile)(command, args, { env, maxBuffer: 64 << 20 });
  return stdout;
}
