import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DataFolder } from './data-folder.ts';

let folder: string;
const children: ChildProcess[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lacustre-main-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

function start(environment: Record<string, string>) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
    env: { ...process.env, LACUSTRE_DATA: folder, ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  children.push(child);
  const output = { out: '', err: '' };
  child.stdout?.on('data', (chunk) => (output.out += chunk));
  child.stderr?.on('data', (chunk) => (output.err += chunk));
  return { child, output, ended: once(child, 'close').then(([code]) => code as number | null) };
}

describe('a lake that cannot start says why in one sentence and ends with 1', () => {
  it('when the environment is wrong', async () => {
    const { output, ended } = start({ LAKE_PORT: '99999', LACUSTRE_REGION: 'Paris' });
    expect(await ended).toBe(1);
    expect(output).toEqual({
      out: '',
      err: 'The environment cannot be used: LAKE_PORT must be between 0 and 65535; LACUSTRE_REGION must be the name of an AWS region, such as eu-west-3.\n',
    });
  });

  it('when its port is taken', async () => {
    const taken = net.createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as net.AddressInfo;
    const { output, ended } = start({ LAKE_PORT: String(port) });
    expect(await ended).toBe(1);
    expect(output.err).toBe(
      `Port ${port} on 127.0.0.1 is already taken by another program. Stop that program, or choose another port with LAKE_PORT.\n`,
    );
    taken.close();
  });

  it('when another lake has its data folder', async () => {
    const owner = DataFolder.take(join(folder, 'lake'));
    const { output, ended } = start({ LAKE_PORT: '0' });
    expect(await ended).toBe(1);
    expect(output.err).toBe(
      `The data folder ${join(folder, 'lake')} is in use by process ${process.pid}. Stop it, or set LACUSTRE_DATA to another folder.\n`,
    );
    owner.release();
  });

  it('when its data folder is a file', async () => {
    const { output, ended } = start({ LAKE_PORT: '0', LACUSTRE_DATA: import.meta.filename });
    expect(await ended).toBe(1);
    expect(output.err).toMatch(
      /^The data folder .*main\.test\.ts\/lake cannot be written: .* set LACUSTRE_DATA to another folder\.\n$/,
    );
  });
});

describe('a lake that runs', () => {
  /** Provisioning the first time may have to synthesize the template. */
  const START_MS_MAX = 60_000;
  /** One for all: what the first has provisioned is there for the others. */
  let home: string;
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'lacustre-main-'));
  });
  afterAll(() => rm(home, { recursive: true, force: true }));

  const ready = async ({ child, output, ended }: ReturnType<typeof start>) => {
    const line = new Promise((resolve) => child.stdout?.on('data', resolve));
    await Promise.race([line, ended]);
    expect(output).toEqual({ out: expect.stringMatching(/^ready http:\/\/127\.0\.0\.1:\d+\n$/), err: '' });
  };

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'ends with 0 on %s, and its data folder is free',
    async (signal) => {
      const lake = start({ LAKE_PORT: '0', LACUSTRE_DATA: home });
      await ready(lake);
      lake.child.kill(signal);
      expect(await lake.ended).toBe(0);
      DataFolder.take(join(home, 'lake')).release();
    },
    START_MS_MAX,
  );

  it(
    'ends with its launcher',
    async () => {
      const lake = start({ LAKE_PORT: '0', LACUSTRE_DATA: home });
      await ready(lake);
      const exited = once(lake.child, 'exit');
      lake.child.disconnect();
      expect(await exited).toEqual([0, null]);
    },
    START_MS_MAX,
  );
});
