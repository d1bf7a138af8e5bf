import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { closeDataFolder } from './close-data-folder';

it('makes the folder for its owner only, and closes one that was open', async () => {
  const root = await mkdtemp(path.join(tmpdir(), 'lacustre-data-'));
  await mkdir(path.join(root, 'open'), { mode: 0o755 });
  for (const name of ['open', 'new/console']) {
    await closeDataFolder(path.join(root, name));
    expect((await stat(path.join(root, name))).mode & 0o777, name).toBe(0o700);
  }
  await rm(root, { recursive: true });
});
