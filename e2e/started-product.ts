/** `npm start`, as a browser test needs it. */
import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';

export const administrator = { email: 'admin@example.com', password: 'correct horse battery' };

interface Ground {
  port: number;
  lakePort: number;
  dataFolder: string;
  environment?: Record<string, string>;
}

export async function startProduct({ port, lakePort, dataFolder, environment }: Ground): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['scripts/run.mjs', 'start'], {
    cwd: path.resolve(import.meta.dirname, '..'),
    env: {
      ...process.env,
      PORT: String(port),
      LAKE_PORT: String(lakePort),
      LACUSTRE_DATA: dataFolder,
      LACUSTRE_ADMIN_EMAIL: administrator.email,
      LACUSTRE_ADMIN_PASSWORD: administrator.password,
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  await new Promise<void>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes('Lacustre is ready')) resolve();
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', (code) => reject(new Error(`npm start ended with ${code}:\n${output}`)));
  });
  return child;
}

export async function stopProduct(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGINT');
  await ended;
}
