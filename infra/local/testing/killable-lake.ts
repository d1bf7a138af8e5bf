import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { TestLake, TestLakeOptions } from './test-lake.ts';

export interface KillableLake {
  clientConfig: TestLake['clientConfig'];
  pid: number;
  /** As a power button would: no handler runs. */
  kill(): Promise<void>;
}

const TEST_LAKE = new URL('./test-lake.ts', import.meta.url).href;

/** A test lake in a process of its own; its data folder outlives it. */
export async function startKillableLake(
  options: Pick<TestLakeOptions, 'services'> & { dataFolder: string },
): Promise<KillableLake> {
  const script = `
    import { startTestLake } from ${JSON.stringify(TEST_LAKE)};
    const { clientConfig } = await startTestLake(${JSON.stringify(options)});
    console.log(JSON.stringify(clientConfig));`;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(child.stdout, 'data');
  return {
    clientConfig: JSON.parse(String(line)),
    pid: child.pid ?? 0,
    async kill() {
      child.kill('SIGKILL');
      if (child.signalCode === null) await once(child, 'exit');
    },
  };
}
