/** What is left of queries when the lake is killed in the middle of them. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ListQueryExecutionsCommand } from '@aws-sdk/client-athena';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, expect, it } from 'vitest';
import { startTestLake } from '../../testing/test-lake.ts';
import { AthenaSession } from './testing/athena-session.ts';

const DEFAULTS = { ResultConfiguration: { OutputLocation: 's3://results/' } };
const ENDLESS =
  'SELECT count(*) FROM UNNEST(sequence(1, 10000)) AS a(x) CROSS JOIN UNNEST(sequence(1, 10000)) AS b(y) CROSS JOIN UNNEST(sequence(1, 10000)) AS c(z) WHERE (x * y * z) % 7 = 3';
const TEST_LAKE = join(import.meta.dirname, '..', '..', 'testing', 'test-lake.ts');

const folders: string[] = [];

afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

it('a killed lake keeps what it said yes to: results stay, what ran has failed, what waited is run', async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'athena-crash-'));
  folders.push(dataFolder);
  const script = `
    import { startTestLake } from ${JSON.stringify(TEST_LAKE)};
    const { clientConfig } = await startTestLake({ services: ['athena'], dataFolder: ${JSON.stringify(dataFolder)} });
    console.log(JSON.stringify(clientConfig));`;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(child.stdout, 'data');
  const clientConfig = JSON.parse(String(line));
  await new S3Client(clientConfig).send(new CreateBucketCommand({ Bucket: 'results' }));
  const before = new AthenaSession(clientConfig, DEFAULTS);
  const { QueryExecutionId: done } = await before.run('SELECT 7 AS n');
  const running = await before.start(ENDLESS);
  const others = await Promise.all(Array.from({ length: 5 }, () => before.start(ENDLESS)));
  // More than may run at once.
  const waiting = await Promise.all([1, 2, 3].map((n) => before.start(`SELECT ${n} AS n`)));
  await expect.poll(() => before.stateOf(running), { timeout: 10_000 }).toBe('RUNNING');
  child.kill('SIGKILL');
  await once(child, 'exit');

  const lake = await startTestLake({ services: ['athena'], dataFolder });
  try {
    const after = new AthenaSession(lake.clientConfig, DEFAULTS);
    expect((await after.finish(done as string)).Status?.State).toBe('SUCCEEDED');
    const { Status } = await after.finish(running);
    expect(Status).toMatchObject({
      State: 'FAILED',
      StateChangeReason: expect.stringContaining('The lake was stopped'),
    });
    for (const id of waiting) expect((await after.finish(id)).Status?.State).toBe('SUCCEEDED');
    for (const id of others) expect(['FAILED', 'RUNNING']).toContain(await after.stateOf(id));
    const { QueryExecutionIds } = await after.client.send(new ListQueryExecutionsCommand({}));
    expect(QueryExecutionIds?.toSorted()).toEqual([done, running, ...others, ...waiting].toSorted());
  } finally {
    await lake.close();
  }
  expect(await readdir(join(dataFolder, 'work', 'athena'))).toEqual([]);
});
