/**
 * Secrets that the lake must be able to read again (a signature is checked with the very secret), sealed with a key that is
 * not kept beside them in the State: `LAKE_SECRET_KEY`, or the file `secret-key`, which only its owner may read.
 *
 * To rotate: stop the lake, rename `secret-key` to `secret-key.old` (or give the old key as `LAKE_SECRET_KEY_OLD` and a new
 * one as `LAKE_SECRET_KEY`), start it: it seals everything with the new key before it answers. Then delete the old one.
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from './start-error.ts';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Of the form below; a later one is told by it. */
const VERSION = 'v1';

export interface SecretKeys {
  current: Uint8Array;
  /** Opens what was sealed before a rotation. */
  old?: Uint8Array | undefined;
}

export class SecretBox {
  readonly #current: { id: string; key: Uint8Array };
  readonly #keys = new Map<string, Uint8Array>();

  constructor({ current, old }: SecretKeys) {
    this.#current = { id: idOf(current), key: current };
    for (const key of old ? [old, current] : [current]) this.#keys.set(idOf(key), key);
  }

  /** `place` says what the secret is for: it opens there and nowhere else. */
  seal(secret: string | Uint8Array, place: string): string {
    const { id, key } = this.#current;
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, key, nonce).setAAD(aad(id, place));
    const sealed = Buffer.concat([nonce, cipher.update(secret), cipher.final(), cipher.getAuthTag()]);
    return `${VERSION}.${id}.${sealed.toString('base64url')}`;
  }

  /** Throws for what was sealed for another place, with a key that is not here, or was changed. */
  open(sealed: string, place: string): Buffer {
    const [version, id = '', text = ''] = sealed.split('.');
    const key = version === VERSION ? this.#keys.get(id) : undefined;
    if (!key) throw new Error(`The secret of ${place} was sealed with the key ${id}, which is not here.`);
    const bytes = Buffer.from(text, 'base64url');
    const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
    decipher.setAAD(aad(id, place)).setAuthTag(bytes.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
  }

  /** The same secret under the present key, or undefined where it already is: also for one that was never sealed. */
  renewed(kept: string | Uint8Array, place: string): string | undefined {
    if (typeof kept !== 'string' || !/^v\d+\.[0-9a-f]{16}\./.test(kept)) return this.seal(kept, place);
    if (kept.startsWith(`${VERSION}.${this.#current.id}.`)) return undefined;
    return this.seal(this.open(kept, place), place);
  }
}

/** The keys of a data folder; the first start makes one. Throws a sentence for a key that is none, or that others may read. */
export function readSecretKeys(dataFolder: string, given: { current?: string; old?: string } = {}): SecretKeys {
  const file = join(dataFolder, 'secret-key');
  const old = given.old ? decodeKey(given.old, 'LAKE_SECRET_KEY_OLD') : readKeyFile(`${file}.old`);
  if (given.current) return { current: decodeKey(given.current, 'LAKE_SECRET_KEY'), old };
  if (!existsSync(file)) {
    // Whoever comes second reads what the first one wrote.
    writeFileSync(file, randomBytes(KEY_BYTES).toString('base64'), { flag: 'wx', mode: 0o600, flush: true });
  }
  const current = readKeyFile(file);
  if (!current) throw new StartError(`${file} cannot be read.`);
  return { current, old };
}

function readKeyFile(file: string): Uint8Array | undefined {
  if (!existsSync(file)) return undefined;
  const mode = statSync(file).mode & 0o777;
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    throw new StartError(`${file} may be read by others (mode ${mode.toString(8)}). Run: chmod 600 ${file}`);
  }
  return decodeKey(readFileSync(file, 'utf8'), file);
}

function decodeKey(text: string, where: string): Uint8Array {
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length === KEY_BYTES) return key;
  throw new StartError(`${where} must hold ${KEY_BYTES} bytes as base64 (openssl rand -base64 ${KEY_BYTES}).`);
}

/** Names a key without telling anything of it. */
function idOf(key: Uint8Array): string {
  return createHash('sha256').update('lacustre secret key').update(key).digest('hex').slice(0, 16);
}

function aad(id: string, place: string): Buffer {
  return Buffer.from(`${VERSION}.${id}.${place}`);
}
