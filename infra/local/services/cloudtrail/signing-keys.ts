import { createHash, createPrivateKey, generateKeyPair, sign } from 'node:crypto';
import { promisify } from 'node:util';
import type { ServiceContext } from '../../service-context.ts';
import type { Table } from '../../state/state.ts';

export interface SigningKey {
  fingerprint: string;
  /** PKCS #1, DER: what ListPublicKeys gives. */
  publicKey: Uint8Array;
  /** PKCS #8, DER; sealed. */
  privateKey: string;
  validFrom: number;
  validTo: number;
}

type Needs = Pick<ServiceContext, 'state' | 'secrets' | 'clock'>;

const VALID_MS = 365 * 24 * 3_600_000;

/** The pairs of keys that digests are signed with: one at a time, each for a year, all of them kept. */
export class SigningKeys {
  readonly #ctx: Needs;
  readonly #table: Table<SigningKey>;

  private constructor(ctx: Needs) {
    this.#ctx = ctx;
    this.#table = ctx.state.table('cloudtrail-keys');
  }

  static async start(ctx: Needs): Promise<SigningKeys> {
    const keys = new SigningKeys(ctx);
    await keys.#reseal();
    return keys;
  }

  /** Those that were in use between two moments. */
  between(fromMs: number, toMs: number): SigningKey[] {
    return [...this.#table.range()]
      .map(({ value }) => value)
      .filter(({ validFrom, validTo }) => validFrom <= toMs && validTo >= fromMs);
  }

  /** The one in use; made where there is none. */
  async current(): Promise<SigningKey> {
    const now = this.#ctx.clock();
    return this.between(now, now).at(-1) ?? this.#make(now);
  }

  /** Hexadecimal, as it stands in a digest's metadata. */
  sign({ privateKey, fingerprint }: SigningKey, text: string): string {
    const bytes = this.#ctx.secrets.open(privateKey, placeOf(fingerprint));
    const key = createPrivateKey({ key: bytes, format: 'der', type: 'pkcs8' });
    return sign('sha256', Buffer.from(text), key).toString('hex');
  }

  async #make(now: number): Promise<SigningKey> {
    const pair = await promisify(generateKeyPair)('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'pkcs1', format: 'der' },
      privateKeyEncoding: { type: 'pkcs8', format: 'der' },
    });
    const fingerprint = createHash('sha256').update(pair.publicKey).digest('hex').slice(0, 32);
    const key: SigningKey = {
      fingerprint,
      publicKey: pair.publicKey,
      privateKey: this.#ctx.secrets.seal(pair.privateKey, placeOf(fingerprint)),
      validFrom: now,
      validTo: now + VALID_MS,
    };
    await this.#ctx.state.commit(() => this.#table.put([now], key));
    return key;
  }
  /** After a rotation of the lake's secret key, and of what an older lake kept unsealed. */
  async #reseal(): Promise<void> {
    const { state, secrets } = this.#ctx;
    await state.commit(() => {
      for (const { key, value } of [...this.#table.range()]) {
        const privateKey = secrets.renewed(value.privateKey, placeOf(value.fingerprint));
        if (privateKey !== undefined) this.#table.put(key, { ...value, privateKey });
      }
    });
  }
}

const placeOf = (fingerprint: string) => `cloudtrail key ${fingerprint}`;
