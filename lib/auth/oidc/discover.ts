import 'server-only';
import { z } from 'zod';
import { AppError } from '@/lib/errors';
import { guardedFetch } from '@/lib/outgoing/guarded-fetch';
import { isAllowedAddress, policyFor } from './outgoing-address';

const TIMEOUT_MS = 5_000;
const KEPT_MS = 10 * 60_000;
const BYTES_MAX = 256 * 1024;

/** https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata */
const Metadata = z.object({
  issuer: z.string(),
  authorization_endpoint: z.string(),
  token_endpoint: z.string(),
  jwks_uri: z.string(),
  userinfo_endpoint: z.string().optional(),
  token_endpoint_auth_methods_supported: z.array(z.string()).default(['client_secret_basic']),
  id_token_signing_alg_values_supported: z.array(z.string()).default(['RS256']),
});
export type Metadata = z.infer<typeof Metadata>;

/** The provider does not answer, or answers what cannot be used. */
export class DiscoveryError extends Error {
  override readonly name = 'DiscoveryError';
}

let kept: { issuer: string; at: number; metadata: Metadata } | undefined;

/** Asks the issuer for its addresses, and no other host; what it answered is kept for ten minutes. */
export async function discover(issuer: string, now = Date.now()): Promise<Metadata> {
  if (kept?.issuer === issuer && now - kept.at < KEPT_MS) return kept.metadata;
  const metadata = check(await fetchDocument(issuer), issuer);
  kept = { issuer, at: now, metadata };
  return metadata;
}

async function fetchDocument(issuer: string): Promise<unknown> {
  const address = `${issuer}/.well-known/openid-configuration`;
  try {
    const { status, body } = await guardedFetch(address, {
      headers: { accept: 'application/json' },
      redirectsMax: 0,
      timeoutMs: TIMEOUT_MS,
      bytesMax: BYTES_MAX,
      ...policyFor(issuer),
    });
    if (status !== 200) throw new DiscoveryError(`${address} answered ${status}`);
    return JSON.parse(body.toString());
  } catch (cause) {
    if (cause instanceof DiscoveryError) throw cause;
    const isTooLong = cause instanceof AppError && cause.code === 'LIMIT_EXCEEDED';
    if (isTooLong) throw new DiscoveryError(`${address} answered too much`, { cause });
    throw new DiscoveryError(`${address} does not answer`, { cause });
  }
}

function check(document: unknown, issuer: string): Metadata {
  const parsed = Metadata.safeParse(document);
  if (!parsed.success) throw new DiscoveryError('The provider’s document is not one of OpenID Connect');
  const metadata = parsed.data;
  if (metadata.issuer.replace(/\/$/, '') !== issuer) {
    throw new DiscoveryError(`The provider calls itself ${metadata.issuer}, not ${issuer}`);
  }
  const { authorization_endpoint, token_endpoint, jwks_uri, userinfo_endpoint } = metadata;
  for (const address of [authorization_endpoint, token_endpoint, jwks_uri, userinfo_endpoint]) {
    if (address && !isAllowedAddress(address, issuer)) {
      throw new DiscoveryError(`The provider’s address ${address} may not be used`);
    }
  }
  return metadata;
}
