/** The provisioner against an AWS server that nobody here wrote: moto, where Python has it. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DescribeStateMachineCommand, SFNClient } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../testing/free-port.ts';
import { provision } from './provision.ts';
import { synthesize } from './synthesize.ts';

const hasMoto = spawnSync('moto_server', ['--help']).status === 0;
if (!hasMoto)
  console.warn('moto_server is not installed (pip install "moto[server]"): provisioning onto it is not tested.');

describe.skipIf(!hasMoto)('provision onto moto', () => {
  let moto: ChildProcess;
  let endpoint: string;
  const account = '123456789012';
  const region = 'eu-west-3';
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

  beforeAll(async () => {
    const port = await freePort();
    endpoint = `http://127.0.0.1:${port}`;
    moto = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore', detached: true });
    for (let tries = 0; tries < 150; tries += 1) {
      if (await fetch(endpoint).catch(() => undefined)) return;
      await sleep(200);
    }
    throw new Error('moto_server did not start');
  });

  afterAll(() => {
    // The whole group: moto is started by a shim.
    if (moto.pid) process.kill(-moto.pid, 'SIGKILL');
  });

  it('makes every resource of the template and answers its outputs', { timeout: 120_000 }, async () => {
    const { folder } = await synthesize(path.join(mkdtempSync(path.join(tmpdir(), 'synth-')), 'cdk.out'));
    const { outputs, resources } = await provision({
      endpoint,
      region,
      credentials,
      account,
      assembly: folder,
      stackName: 'Lacustre',
    });
    expect(resources.length).toBeGreaterThan(35);
    expect(outputs.RawBucket).toBe('lacustre-raw-123456789012-eu-west-3');

    const states = new SFNClient({ endpoint, region, credentials });
    const machine = await states.send(new DescribeStateMachineCommand({ stateMachineArn: outputs.StateMachineArn }));
    states.destroy();
    expect(machine.definition).toContain('lacustre-validate');
    expect(machine.definition).not.toContain('${');
  });
});
