/**
 * Temporary credentials that need no storage: the token is the session itself, sealed with a key that only this lake
 * has. It outlives restarts, cannot be changed by its holder, and its end is written in it.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { SignatureError } from '../../protocol/signature-error.ts';
import type { ServiceContext } from '../../service-context.ts';

const Session = z.object({
  accessKeyId: z.string(),
  secret: z.string(),
  roleName: z.string(),
  roleId: z.string(),
  sessionName: z.string(),
  expiresAtMs: z.number(),
  /** The session policy (JSON), if AssumeRole had one. */
  policy: z.string().optional(),
  policyArns: z.array(z.string()).optional(),
  tags: z.record(z.string(), z.string()).optional(),
  transitiveTagKeys: z.array(z.string()).optional(),
  sourceIdentity: z.string().optional(),
  issuedAtMs: z.number().optional(),
});
export type Session = z.infer<typeof Session>;

const KEY_PLACE = 'sts sealing key';
const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const OPENED_KEPT = 1000;

export class SessionTokens {
  readonly #key: Uint8Array;
  readonly #clock: () => number;
  readonly #opened = new Map<string, Session>();

  private constructor(key: Uint8Array, clock: () => number) {
    this.#key = key;
    this.#clock = clock;
  }

  static async start({ state, secrets, clock }: ServiceContext): Promise<SessionTokens> {
    const keys = state.table<string | Uint8Array>('sts-keys');
    const key = await state.commit(() => {
      const kept = keys.get(['sealing']) ?? randomBytes(32);
      const renewed = secrets.renewed(kept, KEY_PLACE);
      if (renewed !== undefined) keys.put(['sealing'], renewed);
      return secrets.open(renewed ?? String(kept), KEY_PLACE);
    });
    return new SessionTokens(key, clock);
  }

  seal(session: Session): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, this.#key, nonce);
    const sealed = Buffer.concat([cipher.update(JSON.stringify(session)), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64');
  }

  /** The session of a token; throws the SignatureError for one that is not ours, not of this key, or over. */
  open(token: string, accessKeyId: string): Session {
    const session = this.#opened.get(token) ?? this.#unseal(token);
    if (session.accessKeyId !== accessKeyId) throw new SignatureError('badToken');
    if (this.#clock() >= session.expiresAtMs) throw new SignatureError('expiredToken');
    return session;
  }

  #unseal(token: string): Session {
    try {
      const bytes = Buffer.from(token, 'base64');
      const decipher = createDecipheriv(CIPHER, this.#key, bytes.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      const text = Buffer.concat([
        decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)),
        decipher.final(),
      ]).toString();
      const session = Session.parse(JSON.parse(text));
      if (this.#opened.size >= OPENED_KEPT) this.#opened.clear();
      this.#opened.set(token, session);
      return session;
    } catch {
      throw new SignatureError('badToken');
    }
  }
}
