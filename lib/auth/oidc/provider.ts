import 'server-only';
import type { OAuthConfig } from 'next-auth/providers/oauth';
import { guardedLookup } from '@/lib/outgoing/guarded-lookup';
import type { Claims } from './claims';
import type { Metadata } from './discover';
import { policyFor } from './outgoing-address';
import type { OidcSettings } from './settings';

export const OIDC = 'oidc';

const TIMEOUT_MS = 8_000;

/**
 * The provider as next-auth takes it: authorization code with PKCE, state and nonce; openid-client checks signature,
 * issuer, audience, nonce and times of the id token.
 */
export function oidcProvider(settings: OidcSettings, metadata: Metadata): OAuthConfig<Claims> {
  const { clientId, clientSecret, name, scopes } = settings;
  return {
    id: OIDC,
    name,
    type: 'oauth',
    idToken: true,
    checks: ['pkce', 'state', 'nonce'],
    issuer: metadata.issuer,
    clientId,
    clientSecret,
    authorization: { url: metadata.authorization_endpoint, params: { scope: scopes } },
    token: { url: metadata.token_endpoint },
    userinfo: {
      ...(metadata.userinfo_endpoint ? { url: metadata.userinfo_endpoint } : {}),
      // Many providers tell the address and the groups only there; who it is, only the signed id token tells.
      request: async ({ tokens, client }) => {
        // As openid-client returned them: it compares the subject of both, and reads the id token that it has verified.
        const verified = tokens as Exclude<Parameters<typeof client.userinfo>[0], string>;
        const told = metadata.userinfo_endpoint ? await client.userinfo(verified) : {};
        return { ...told, ...verified.claims() };
      },
    },
    jwks_endpoint: metadata.jwks_uri,
    client: {
      token_endpoint_auth_method: metadata.token_endpoint_auth_methods_supported.includes('client_secret_basic')
        ? 'client_secret_basic'
        : 'client_secret_post',
      id_token_signed_response_alg: signingAlgorithm(metadata),
    },
    // What a name of the provider's stands for is checked as the socket opens.
    httpOptions: { timeout: TIMEOUT_MS, lookup: guardedLookup(policyFor(settings.issuer)) },
    profile: (claims) => ({ id: claims.sub, sessionId: '' }),
  };
}

/** RS256 where the provider has it, as nearly all do. Never `none`, never a shared secret's. */
function signingAlgorithm({ id_token_signing_alg_values_supported: supported }: Metadata): string {
  if (supported.includes('RS256')) return 'RS256';
  return supported.find((name) => /^(RS|PS|ES)\d+$|^EdDSA$/.test(name)) ?? 'RS256';
}
