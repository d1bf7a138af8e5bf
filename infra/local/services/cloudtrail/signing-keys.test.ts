/** The keys that sign digests lie sealed, open again after a rotation, and those of an older lake are sealed at its start. */
import { createPublicKey, verify } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SecretBox } from '../../secret-box.ts';
import { State } from '../../state/state.ts';
import { type SigningKey, SigningKeys } from './signing-keys.ts';

let folder: string;
let state: State;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lacustre-signing-'));
  state = State.open(folder);
});
afterAll(async () => {
  await state.close();
  rmSync(folder, { recursive: true, force: true });
});

const old = new Uint8Array(32).fill(1);
const current = new Uint8Array(32).fill(2);
const start = (secrets: SecretBox) => SigningKeys.start({ state, secrets, clock: Date.now });
const stored = () => state.table<SigningKey>('cloudtrail-keys').range();

function isSigned(key: SigningKey, signature: string): boolean {
  const publicKey = createPublicKey({ key: Buffer.from(key.publicKey), format: 'der', type: 'pkcs1' });
  return verify('sha256', Buffer.from('text'), publicKey, Buffer.from(signature, 'hex'));
}

it('signs with a key that nobody can read in the State, before and after a rotation', async () => {
  const keys = await start(new SecretBox({ current: old }));
  const key = await keys.current();
  expect(isSigned(key, keys.sign(key, 'text'))).toBe(true);
  const [before] = [...stored()];
  expect(before?.value.privateKey).toMatch(/^v1\./);

  await start(new SecretBox({ current, old }));
  const rotated = await start(new SecretBox({ current }));
  const same = await rotated.current();
  expect(same.fingerprint).toBe(key.fingerprint);
  expect(isSigned(key, rotated.sign(same, 'text'))).toBe(true);
  await expect(start(new SecretBox({ current: old }))).rejects.toThrow('which is not here');
});

it('seals what an older lake has kept unsealed', async () => {
  const secrets = new SecretBox({ current });
  const [entry] = [...stored()];
  if (!entry) throw new Error('There is no key.');
  const { key, value } = entry;
  const privateKey = secrets.open(value.privateKey, `cloudtrail key ${value.fingerprint}`) as unknown as string;
  await state.commit(() => state.table<SigningKey>('cloudtrail-keys').put(key, { ...value, privateKey }));
  const keys = await start(secrets);
  const sealed = await keys.current();
  expect(sealed.privateKey).toMatch(/^v1\./);
  expect(isSigned(value, keys.sign(sealed, 'text'))).toBe(true);
});
