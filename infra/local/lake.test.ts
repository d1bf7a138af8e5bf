import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readConfig } from './config.ts';
import { DataFolder } from './data-folder.ts';
import { rootKey } from './root-key.ts';
import { startTestLake } from './testing/test-lake.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lacustre-lake-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('owns its data folder alone, and gives it back', async () => {
  const lake = await startTestLake({ dataFolder: folder });
  await expect(startTestLake({ dataFolder: folder })).rejects.toThrow(
    `The data folder ${folder} is in use by process ${process.pid}.`,
  );
  await lake.close();
  await (await startTestLake({ dataFolder: folder })).close();
});

it('leaves nothing behind when it cannot start', async () => {
  const first = await startTestLake();
  const port = Number(new URL(first.url).port);
  await expect(startTestLake({ dataFolder: folder, port })).rejects.toThrow('is already taken');
  await (await startTestLake({ dataFolder: folder })).close();
  await first.close();
});

it('gets its data folder back after a kill', async () => {
  const code = `import { DataFolder } from '${import.meta.dirname}/data-folder.ts';
    DataFolder.take('${folder}'); process.kill(process.pid, 'SIGKILL');`;
  const killed = promisify(execFile)(process.execPath, ['--input-type=module-typescript', '-e', code]);
  await expect(killed).rejects.toMatchObject({ signal: 'SIGKILL' });
  DataFolder.take(folder).release();
});

it('makes its root key once, for its owner only', async () => {
  const key = rootKey(folder);
  expect(key.id).toMatch(/^AKIA[0-9A-F]{16}$/);
  expect(rootKey(folder)).toEqual(key);
  expect((await stat(join(folder, 'credentials.json'))).mode & 0o777).toBe(0o600);
});

it('says everything that is wrong in the environment at once', () => {
  expect(() => readConfig({ LAKE_PORT: 'four', LACUSTRE_ACCOUNT: '12' })).toThrow(
    'The environment cannot be used: LAKE_PORT must be a port number; LACUSTRE_ACCOUNT must be an account number of 12 digits.',
  );
  expect(readConfig({ LAKE_PORT: '' })).toMatchObject({
    port: 4566,
    host: '127.0.0.1',
    region: 'eu-west-3',
    account: '000000000000',
  });
});
