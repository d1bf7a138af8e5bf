/** A real OpenID Connect provider on this machine: whoever signs in there is one of `PEOPLE`, by any password. */
import { generateKeyPairSync } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { Provider } from 'oidc-provider';

export const CLIENT = { id: 'lacustre', secret: 'the secret that both know' };

interface Claims {
  email: string;
  email_verified: boolean;
  name: string;
  groups: string[];
}

const PEOPLE: Record<string, Claims> = {
  ada: { email: 'ada@example.com', email_verified: true, name: 'Ada Lovelace', groups: ['lake-engineers', 'staff'] },
  eve: { email: 'eve@example.com', email_verified: true, name: 'Eve', groups: ['sales', 'staff'] },
};

export class IdentityProvider {
  readonly #port: number;
  readonly #redirectUri: string;
  readonly #keys = [{ ...generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }) }];
  #server: Server | undefined;

  constructor(port: number, consoleUrl: string) {
    this.#port = port;
    this.#redirectUri = `${consoleUrl}/api/auth/callback/oidc`;
  }

  /** Answers from now on; `secret` is what it wants to hear of the console. */
  async start(secret = CLIENT.secret): Promise<void> {
    await this.stop();
    const issuer = `http://localhost:${this.#port}`;
    const provider = new Provider(issuer, {
      clients: [{ client_id: CLIENT.id, client_secret: secret, redirect_uris: [this.#redirectUri] }],
      jwks: { keys: this.#keys },
      cookies: { keys: ['only for this test'] },
      claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'], groups: ['groups'] },
      // As most providers do: who it is stands in the id token, what is known of them in userinfo.
      conformIdTokenClaims: true,
      features: { devInteractions: { enabled: true } },
      findAccount: (_ctx: unknown, id: string) => ({ accountId: id, claims: () => ({ sub: id, ...PEOPLE[id] }) }),
    });
    this.#server = createServer(provider.callback());
    await new Promise<void>((resolve) => this.#server?.listen(this.#port, 'localhost', resolve));
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (!server) return;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}
