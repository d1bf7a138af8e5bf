import { setTimeout as sleep } from 'node:timers/promises';
import { Child } from './child.ts';

export interface ConsoleOptions {
  port: number;
  mode: 'start' | 'dev';
  environment: Record<string, string | undefined>;
}

/** Starts the console (Next.js) and waits until it answers. Lines it prints are passed on, but for Next's banner. */
export async function startConsole({ port, mode, environment }: ConsoleOptions): Promise<Child> {
  const child = new Child('console', ['scripts/launch/next-server.mjs', mode, '-p', String(port), '-H', '127.0.0.1'], {
    ...process.env,
    NEXT_TELEMETRY_DISABLED: '1',
    // Where the console stands behind a proxy, that is its address; an identity provider sends people back there.
    NEXTAUTH_URL: process.env.NEXTAUTH_URL || `http://localhost:${port}`,
    PORT: String(port),
    ...environment,
    NODE_ENV: mode === 'dev' ? 'development' : 'production',
  });
  child.onLine((line) => (mode === 'dev' || !isBanner(line) ? console.log(line) : undefined));
  let ended = false;
  void child.ended.then(() => (ended = true));
  while (!(await answers(port))) {
    if (ended) throw new Error('The console did not start; its last lines above say why.');
    await sleep(100);
  }
  return child;
}

async function answers(port: number): Promise<boolean> {
  const response = await fetch(`http://127.0.0.1:${port}/api/health`, { signal: AbortSignal.timeout(30_000) }).catch(
    () => undefined,
  );
  return response?.ok ?? false;
}

function isBanner(line: string): boolean {
  return line.trim() === '' || /^\s*(▲ Next|- (Local|Network)|✓ (Starting|Ready|Running))/u.test(line);
}
