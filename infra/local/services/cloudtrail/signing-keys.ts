import { createHash, createPrivateKey, generateKeyPair, sign } from 'node:crypto';
import { promisify } from 'node:util';
import type { ServiceContext } from '../../service-context.ts';
import type { Table } from '../../state/state.ts';

export interface SigningKey {
  fingerprint: string;
  /** PKCS #1, DER: what ListPublicKeys gives. */
  publicKey: Uint8Array;
  /** PKCS #8, DER. */
  privateKey: Uint8Array;
  validFrom: number;
  validTo: number;
}

const VALID_MS = 365 * 24 * 3_600_000;

/** The pairs of keys that digests are signed with: one at a time, each for a year, all of them kept. */
export class SigningKeys {
  readonly #ctx: Pick<ServiceContext, 'state' | 'clock'>;
  readonly #table: Table<SigningKey>;

  constructor(ctx: Pick<ServiceContext, 'state' | 'clock'>) {
    this.#ctx = ctx;
    this.#table = ctx.state.table('cloudtrail-keys');
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
  static sign({ privateKey }: SigningKey, text: string): string {
    const key = createPrivateKey({ key: Buffer.from(privateKey), format: 'der', type: 'pkcs8' });
    return sign('sha256', Buffer.from(text), key).toString('hex');
  }

  async #make(now: number): Promise<SigningKey> {
    const pair = await promisify(generateKeyPair)('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'pkcs1', format: 'der' },
      privateKeyEncoding: { type: 'pkcs8', format: 'der' },
    });
    const key: SigningKey = {
      fingerprint: createHash('sha256').update(pair.publicKey).digest('hex').slice(0, 32),
      publicKey: pair.publicKey,
      privateKey: pair.privateKey,
      validFrom: now,
      validTo: now + VALID_MS,
    };
    await this.#ctx.state.commit(() => this.#table.put([now], key));
    return key;
  }
}
