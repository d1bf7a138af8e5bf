import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateAccessKeyCommand, CreateRoleCommand, CreateUserCommand, IAMClient } from '@aws-sdk/client-iam';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readSecretKeys, SecretBox } from './secret-box.ts';
import { startTestLake } from './testing/test-lake.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lacustre-secrets-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('a sealed secret', () => {
  const box = new SecretBox({ current: randomBytes(32) });
  const sealed = box.seal('the secret', 'key A');

  it('opens where it was sealed for, and never looks the same twice', () => {
    expect(box.open(sealed, 'key A').toString()).toBe('the secret');
    expect(box.seal('the secret', 'key A')).not.toBe(sealed);
    expect(sealed).not.toContain('secret');
  });

  it('does not open for another place, under another key, or once one bit of it has changed', () => {
    expect(() => box.open(sealed, 'key B')).toThrow();
    expect(() => new SecretBox({ current: randomBytes(32) }).open(sealed, 'key A')).toThrow('which is not here');
    const bytes = Buffer.from(sealed.split('.')[2] ?? '', 'base64url');
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      const text = [...sealed.split('.').slice(0, 2), changed.toString('base64url')].join('.');
      expect(() => box.open(text, 'key A'), `byte ${at}`).toThrow();
    }
    for (const text of ['', 'v1', 'v2.x.y', `${sealed}x.`.slice(3)]) expect(() => box.open(text, 'key A')).toThrow();
  });
});

describe('the key', () => {
  it('is made once, for its owner only, and refused where others may read it', () => {
    const { current } = readSecretKeys(folder);
    expect(readSecretKeys(folder).current).toEqual(current);
    const file = join(folder, 'secret-key');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    chmodSync(file, 0o640);
    expect(() => readSecretKeys(folder)).toThrow(`${file} may be read by others (mode 640). Run: chmod 600 ${file}`);
  });

  it('comes from the environment where that has one, and must be one', () => {
    const key = randomBytes(32);
    expect(readSecretKeys(folder, { current: key.toString('base64') }).current).toEqual(key);
    expect(() => readSecretKeys(folder, { current: 'short' })).toThrow('LAKE_SECRET_KEY must hold 32 bytes');
    writeFileSync(join(folder, 'secret-key'), 'nonsense', { mode: 0o600 });
    expect(() => readSecretKeys(folder)).toThrow('must hold 32 bytes as base64');
  });
});

it('keys of users and sessions outlast a rotation, and lie readable nowhere on the disk', async () => {
  const dataFolder = join(folder, 'lake');
  let lake = await startTestLake({ dataFolder });
  const iam = new IAMClient(lake.clientConfig);
  await iam.send(new CreateUserCommand({ UserName: 'ada' }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'ada' }));
  const trust = { Statement: { Effect: 'Allow', Principal: { AWS: '000000000000' }, Action: 'sts:AssumeRole' } };
  const role = { RoleName: 'r', AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', ...trust }) };
  const { Role } = await iam.send(new CreateRoleCommand(role));
  const assume = new AssumeRoleCommand({ RoleArn: Role?.Arn, RoleSessionName: 'ada' });
  const { Credentials } = await new STSClient(lake.clientConfig).send(assume);
  await lake.close();
  const secret = AccessKey?.SecretAccessKey ?? '';
  expect(secret).toHaveLength(40);
  expect(readFileSync(join(dataFolder, 'lake.mdb')).includes(secret)).toBe(false);
  expect(statSync(dataFolder).mode & 0o777).toBe(0o700);

  const file = join(dataFolder, 'secret-key');
  renameSync(file, `${file}.old`);
  lake = await startTestLake({ dataFolder });
  await lake.close();
  unlinkSync(`${file}.old`);

  lake = await startTestLake({ dataFolder });
  const whoIs = async (accessKeyId = '', secretAccessKey = '', sessionToken?: string) => {
    const credentials = { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
    const sts = new STSClient({ ...lake.clientConfig, credentials });
    return (await sts.send(new GetCallerIdentityCommand({}))).Arn;
  };
  expect(await whoIs(AccessKey?.AccessKeyId, secret)).toBe('arn:aws:iam::000000000000:user/ada');
  const session = await whoIs(Credentials?.AccessKeyId, Credentials?.SecretAccessKey, Credentials?.SessionToken);
  expect(session).toBe('arn:aws:sts::000000000000:assumed-role/r/ada');
  await lake.close();
});
