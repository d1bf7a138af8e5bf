import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { translate } from './dialect/translate.ts';
import { runQuery } from './run-query.ts';
import { Session } from './session.ts';

it('keeps what a second run wrote when the memory of the first, which failed, is given back', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'run-query-'));
  const path = join(folder, 'own', 'result.csv');
  const session = await Session.open({
    threads: 1,
    memoryLimit: '200MB',
    maxResultBytes: 1e9,
    spillFolder: join(folder, 'spill'),
    ownFolder: join(folder, 'own'),
  });
  const { sql, exactSql, columns } = translate({
    type: 'translate',
    sql: `SELECT n * n * x AS n FROM (VALUES DECIMAL '999999999999.99') AS v (n), UNNEST(sequence(1, 10)) AS u (x)`,
    parameters: [],
    database: 'retail',
    tables: [],
  });
  expect(exactSql).toBeDefined();
  await runQuery({ type: 'query', sql, exactSql, columns, tables: [], output: { format: 'csv', path } }, session);
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  for (let times = 0; times < 5; times += 1) {
    collectGarbage();
    await sleep(20);
  }
  expect((await stat(path)).size).toBeGreaterThan(100);
  session.close();
  await rm(folder, { recursive: true, force: true });
});
