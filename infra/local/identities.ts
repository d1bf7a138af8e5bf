import type { Principal } from './service.ts';

export interface Identity {
  principal: Principal;
  secret: string;
}

/** Who owns an access key. */
export interface Identities {
  /** Throws the SignatureError for a key that is unknown or inactive, or a session that is over. */
  find(accessKeyId: string, sessionToken: string | undefined): Identity;
}
