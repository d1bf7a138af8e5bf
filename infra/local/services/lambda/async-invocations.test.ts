/** Events for later, over `kill -9`. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateFunctionCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { strToU8, zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { startKillableLake } from '../../testing/killable-lake.ts';
import { makeRole } from '../../testing/make-role.ts';

const SOURCE = `
  import { appendFileSync } from 'node:fs';
  export const handler = async ({ log, n }) => {
    await new Promise((resolve) => setTimeout(resolve, 200));
    appendFileSync(log, n + '\\n');
  };`;

it('handles every event that was accepted, also when the lake was killed in between', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lacustre-async-'));
  const log = join(folder, 'handled.log');
  const boot = () => startKillableLake({ services: ['lambda'], dataFolder: join(folder, 'lake') });
  const first = await boot();
  const lambda = new LambdaClient(first.clientConfig);
  const code = { ZipFile: zipSync({ 'index.mjs': strToU8(SOURCE) }) };
  const Role = await makeRole(first, 'function', 'lambda.amazonaws.com');
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: 'later',
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Role,
      Code: code,
    }),
  );
  const events = Array.from({ length: 10 }, (_, n) => n);
  await Promise.all(
    events.map((n) =>
      lambda.send(
        new InvokeCommand({ FunctionName: 'later', InvocationType: 'Event', Payload: JSON.stringify({ log, n }) }),
      ),
    ),
  );
  lambda.destroy();
  await first.kill();

  const second = await boot();
  const handled = async () => {
    const lines = (await readFile(log, 'utf8').catch(() => '')).split('\n').filter(Boolean);
    return [...new Set(lines.map(Number))].sort((a, b) => a - b);
  };
  await expect.poll(handled, { timeout: 20_000 }).toEqual(events);
  await second.kill();
  await rm(folder, { recursive: true, force: true });
});
